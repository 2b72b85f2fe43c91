import type { HttpRequest } from '../../http.js';
import { LEGACY_VERSIONS } from './protocol.js';

/** The header in which a session's id travels, both ways. */
export const SESSION_HEADER = 'mcp-session-id';

/** The id that a request presents; null where there is none, and in revisions that have no sessions. */
export const presentedSessionId = ({ headers }: Pick<HttpRequest, 'headers'>): string | null => {
  const version = headers['mcp-protocol-version'];
  const hasSessions = version === undefined || LEGACY_VERSIONS.some((known) => known === version);
  const id = headers[SESSION_HEADER];
  return hasSessions && typeof id === 'string' ? id : null;
};
