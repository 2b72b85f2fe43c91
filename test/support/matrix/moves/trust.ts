import { newId } from '#libs/platform/kernel';
import { ATTACKER, EVIL } from '../attackers.js';
import { reason, some, type Moves } from './known.js';

const evilIssuer = (url: string) => ({
  url,
  name: `Evil ${url.slice(-6)}`,
  audiences: ['https://gate.test'],
  algorithms: ['ES256'],
  profile: 'jwt',
  clockToleranceSeconds: 5,
});

/** With issuers and sign-in at them, consents, tokens, keys and signals. */
export const TRUST_MOVES: Moves = {
  'trust-issuer': () => [evilIssuer(EVIL), evilIssuer('https://idp.test/')],
  'change-issuer': ({ the, made }) =>
    some(the('IdP'), the('unused IdP'), the('old IdP'), made.issuer).flatMap((id) => [
      { id, keysUrl: `${EVIL}/keys`, reason },
      { id, requiredClaims: {}, reason },
      { id, audiences: [`${EVIL}/app`], reason },
    ]),
  'retire-issuer': ({ the }) =>
    ['IdP', 'unused IdP'].map((issuer) => ({ id: the(issuer), reason })),
  'restore-issuer': ({ the, made }) =>
    some(the('old IdP'), the('IdP'), made.issuer).map((id) => ({ id, reason })),
  'configure-sign-in': ({ the, made }) => {
    const signIn = { label: 'L', clientId: 'evil', clientSecret: 's', enabled: true };
    return some(the('IdP'), the('unused IdP'), the('old IdP'), made.issuer).flatMap((id) => [
      { id, ...signIn, linkClaim: ATTACKER.ownClaim, linkAttribute: 'external_id' },
      { id, ...signIn, linkClaim: 'oid', linkAttribute: 'external_id' },
      { id, ...signIn, linkClaim: null, linkAttribute: null },
    ]);
  },
  'remove-sign-in': ({ the }) => [{ id: the('IdP') }],
  'grant-delegation': ({ me, own, the }) =>
    [me, the('Otto of the office')].flatMap((personId) =>
      [own, the('payer')].map((agentId) => ({ personId, agentId, purpose: 'p', days: 365 })),
    ),
  'withdraw-delegation': ({ made }) => [{ id: made.delegation ?? newId(), reason }],
  'revoke-delegation': ({ made }) => [{ id: made.delegation ?? newId(), reason }],
  'revoke-access-token': () => [
    {
      issuer: 'https://idp.test',
      tokenId: 'x',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      reason,
    },
  ],
  'rotate-signing-key': () => [{ reason, compromised: true }],
  'register-signal-stream': ({ the, made }) =>
    some(the('unused IdP'), made.issuer).map((issuerId) => ({
      issuerId,
      audience: 'https://gate.test/x',
      delivery: 'push',
    })),
  'change-signal-stream': ({ the }) => [{ id: the('stream'), enabled: false }],
  'retire-signal-stream': ({ the }) => [{ id: the('stream'), reason }],
};
