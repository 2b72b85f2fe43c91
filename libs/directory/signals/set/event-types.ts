const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const SSF = 'https://schemas.openid.net/secevent/ssf/event-type/';

/** What an event means for access: take it away, or nothing (CAEP 1.0 §3, SSF 1.0 §8). */
export type EventMeaning = 'revoke' | 'nothing';

/**
 * What to make of an event; undefined for one that we do not take. A credential that changed and a device
 * that stopped complying end what was begun before, like a session that was revoked: who is still entitled
 * signs in again.
 */
export const meaningOf = (
  eventType: string,
  payload: Readonly<Record<string, unknown>>,
): EventMeaning | undefined => {
  switch (eventType) {
    case `${CAEP}session-revoked`:
    case `${CAEP}credential-change`:
      return 'revoke';
    case `${CAEP}device-compliance-change`:
      // Only the one word that lets access stay does; a missing or unknown status takes it away.
      return payload['current_status'] === 'compliant' ? 'nothing' : 'revoke';
    case `${SSF}verification`:
    case `${SSF}stream-updated`:
      return 'nothing';
    default:
      return undefined;
  }
};
