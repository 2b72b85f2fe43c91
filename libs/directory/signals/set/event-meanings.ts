/**
 * What an event means for access: end what was begun before, have somebody look at it, or nothing. Who is
 * still entitled signs in again.
 */
export type EventMeaning = 'revoke' | 'alert' | 'nothing';

type Payload = Readonly<Record<string, unknown>>;
type Rule = EventMeaning | ((payload: Payload) => EventMeaning);

const SSF = 'https://schemas.openid.net/secevent/ssf/event-type/';
const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const RISC = 'https://schemas.openid.net/secevent/risc/event-type/';

// What does not say clearly that access may stay takes it away, or is looked at.
const RULES: Readonly<Record<string, Rule>> = {
  [`${SSF}verification`]: 'nothing',
  [`${SSF}stream-updated`]: 'nothing',

  [`${CAEP}session-revoked`]: 'revoke',
  // A credential more, for example a new passkey, is no loss of one.
  [`${CAEP}credential-change`]: ({ change_type: type }) =>
    type === 'create' ? 'nothing' : 'revoke',
  [`${CAEP}device-compliance-change`]: ({ current_status: status }) =>
    status === 'compliant' ? 'nothing' : 'revoke',
  [`${CAEP}risk-level-change`]: ({ current_level: level }) => {
    if (level === 'LOW') return 'nothing';
    return level === 'MEDIUM' ? 'alert' : 'revoke';
  },
  [`${CAEP}assurance-level-change`]: ({ change_direction: direction }) =>
    direction === 'increase' ? 'nothing' : 'alert',
  // What somebody may do here comes from SCIM and from roles, not from claims.
  [`${CAEP}token-claims-change`]: 'alert',
  [`${CAEP}session-established`]: 'nothing',
  [`${CAEP}session-presented`]: 'nothing',

  [`${RISC}account-disabled`]: 'revoke',
  [`${RISC}account-purged`]: 'revoke',
  [`${RISC}credential-compromise`]: 'revoke',
  [`${RISC}sessions-revoked`]: 'revoke',
  [`${RISC}account-credential-change-required`]: 'alert',
  [`${RISC}identifier-recycled`]: 'alert',
  [`${RISC}recovery-activated`]: 'alert',
  [`${RISC}recovery-information-changed`]: 'alert',
  [`${RISC}account-enabled`]: 'nothing',
  [`${RISC}identifier-changed`]: 'nothing',
  [`${RISC}opt-in`]: 'nothing',
  [`${RISC}opt-out-initiated`]: 'nothing',
  [`${RISC}opt-out-cancelled`]: 'nothing',
  [`${RISC}opt-out-effective`]: 'nothing',
};

/** What to make of an event (SSF 1.0 §8, CAEP 1.0 §3, RISC 1.0 §2); undefined for one that is not received. */
export const meaningOf = (eventType: string, payload: Payload): EventMeaning | undefined => {
  const rule = Object.hasOwn(RULES, eventType) ? RULES[eventType] : undefined;
  return typeof rule === 'function' ? rule(payload) : rule;
};
