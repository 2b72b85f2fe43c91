import type { LedgerEntry } from '../api/types.js';
import { To } from '../shared/links.js';
import { spaced, visibleText } from '../shared/words.js';

// Where a subject of an entry has a screen of its own.
const PLACES: Readonly<Record<string, string>> = {
  agent: 'agents',
  tool: 'tools',
  tool_server: 'tool-servers',
  toolServer: 'tool-servers',
  policy: 'policies',
  policy_version: 'policy-versions',
  policyVersion: 'policy-versions',
  call: 'calls',
  tool_call: 'calls',
};

export const ActorWords = ({ actor }: { actor: LedgerEntry['actor'] }) =>
  actor.kind === 'agent' ? (
    <To to={`/agents/${actor.id}`}>{visibleText(actor.name)}</To>
  ) : (
    <>
      {visibleText(actor.name)}
      {actor.kind === 'system' && ' (the installation)'}
    </>
  );

export const SubjectWords = ({ subject }: { subject: LedgerEntry['subject'] }) => {
  if (subject === null) return <>–</>;
  const words = `${spaced(subject.kind)} ${visibleText(subject.name ?? subject.id)}`;
  const place = PLACES[subject.kind];
  return place === undefined ? <>{words}</> : <To to={`/${place}/${subject.id}`}>{words}</To>;
};
