import type { Role } from '#libs/platform/kernel';

/** What of a gain is the right itself: the command exists to give it. Reviewed by hand, in words. */
export interface Right {
  readonly gain: RegExp;
  readonly why: string;
  /** Only by somebody who has this role, settled. */
  readonly by?: Role;
}

const NEW_AGENT: Right = {
  gain: /(with|of the agent) (a new agent|draft)( |$)/,
  why: 'an agent of one’s own does what published rules allow to its team, tier and tags',
};
const OWN_PERSON: Right = {
  gain: /^call .* for (attacker|accomplice|spare|a new person)$/,
  why: 'an agent acts for those who let it, and one may let it oneself',
};

/** By command. */
export const RIGHTS: Readonly<Record<string, readonly Right[]>> = {
  'register-agent': [NEW_AGENT],
  'register-unregistered-agent': [NEW_AGENT],
  'add-person': [
    { gain: /^sign in as a new person$/, why: 'an account without a role is nobody’s' },
    OWN_PERSON,
  ],
  'create-scim-user': [
    { gain: /^sign in as a new person$/, why: 'an account without a role is nobody’s' },
    OWN_PERSON,
  ],
  'change-scim-user': [
    {
      gain: /^(sign in as|call .* for) Carl, not signed in yet$/,
      why: 'a client says who those are whom it provisioned, as long as they decide nothing about others',
    },
    {
      gain: /^(sign in as|call .* for) Selma of security, not signed in yet$/,
      why: 'a first sign-in gives no privileged role until two people confirm it: confirm-identity.db.spec.ts',
    },
  ],
  'assign-role': [
    {
      gain: /^settled (grc|developer|office|emergency) as spare$/,
      by: 'owner',
      why: 'the owner of a fresh installation appoints the first two of a role',
    },
    {
      gain: /^(grc|developer|office|emergency) as (accomplice|spare|a new person)$/,
      why: 'who holds a role gives it; it cools off',
    },
  ],
  'open-emergency-access': [
    {
      gain: /^(it|security) as /,
      why: 'an emergency gives both roles, not settled, under an alert',
    },
  ],
  'create-scim-token': [
    { gain: /^use a SCIM token of (empty connection|a new connection)$/, why: 'a client’s token' },
  ],
  'grant-delegation': [OWN_PERSON],
  'activate-agent': [
    NEW_AGENT,
    {
      gain: /^(stopped: no longer stopped|make tokens of the agent stopped|call .* with stopped)/,
      by: 'security',
      why: 'what security stopped settled security releases, under an alert',
    },
  ],
  'release-kill-switch': [
    {
      gain: /^kill switch of security: no longer stopped$/,
      by: 'security',
      why: 'what security stopped settled security releases, under an alert',
    },
  ],
  'unblock-unregistered-agent': [
    {
      gain: /^blocked caller: no longer stopped$/,
      by: 'security',
      why: 'what security stopped settled security releases, under an alert',
    },
  ],
  'register-tool-server': [
    { gain: /^call a new server\/grab /, why: 'what one’s own server answers is one’s own' },
  ],
};
