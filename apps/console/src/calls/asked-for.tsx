import type { Call } from '../api/types.js';
import { CalledTool } from '../shared/links.js';
import { Quoted } from '../shared/quoted.js';
import { visibleText } from '../shared/format.js';

const MAX_NAME_LENGTH = 128;

// A rejected request need not have been a call; one without words was to be a call and could not be read.
const METHOD_LABELS: Readonly<Partial<Record<NonNullable<Call['method']>, string>>> = {
  'tools/list': 'listing tools',
  'tool-calls/get': 'looking at a call of its own',
  'ability/get': 'asking for its own rules',
  initialize: 'connecting',
  'server/discover': 'connecting',
  ping: 'ping',
  other: 'something that is not available',
};

const nameAsked = ({ server, tool }: NonNullable<Call['requestedTool']>): string =>
  server === null ? tool : `${server}/${tool}`;

const methodText = ({ method }: Call): string =>
  (method === null ? undefined : METHOD_LABELS[method]) ?? 'unreadable request';

/** What an agent asked for, as words of a title. */
export const askedForText = (call: Call): string => {
  if (call.tool !== null) return visibleText(`${call.server ?? '?'}/${call.tool}`);
  return call.requestedTool === null
    ? methodText(call)
    : `“${visibleText(nameAsked(call.requestedTool))}”`;
};

/** The tool that was called; an agent's own words for one are quoted, and what was no call is named. */
export const AskedFor = ({ call }: { call: Call }) => {
  if (call.tool !== null) return <CalledTool {...call} />;
  if (call.requestedTool === null) return <>{methodText(call)}</>;
  return <Quoted text={nameAsked(call.requestedTool)} max={MAX_NAME_LENGTH} />;
};
