import { randomUUID } from 'node:crypto';
import type { Hostile } from './forms.fixture.js';
import type { Forger } from './forger.fixture.js';
import { goodToken } from './good-tokens.fixture.js';

/** Without everything that only an access token of the profile has. */
const bare = (it: Forger, claims: Record<string, unknown>): Record<string, unknown> => ({
  ...Object.fromEntries(Object.keys(goodToken(it.profile).claims).map((name) => [name, undefined])),
  sub: 'somebody',
  ...claims,
});

const client = (it: Forger): unknown => {
  const { clientClaim, claims } = goodToken(it.profile);
  return clientClaim === null ? 'client-1' : claims[clientClaim];
};

const events = { 'https://schemas.openid.net/secevent/caep/event-type/session-revoked': {} };
const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** Other JWTs that the same issuer signs with the same keys: none is an access token. */
export const KINDS: readonly Hostile[] = [
  ...[undefined, 'JWT', 'id_token+jwt'].flatMap((typ): Hostile[] => [
    [
      `an ID token, typ ${typ}`,
      (it) => it.sign({ typ }, bare(it, { aud: client(it), nonce: 'n' })),
      null,
    ],
    [
      `an ID token for our own registration, typ ${typ}`,
      (it) => it.sign({ typ }, bare(it, { name: 'A', ver: '2.0' })),
      null,
    ],
    [`an access token with a nonce, typ ${typ}`, (it) => it.sign({ typ }, { nonce: 'n' }), null],
    [`an access token with at_hash, typ ${typ}`, (it) => it.sign({ typ }, { at_hash: 'h' }), null],
    [`an access token with c_hash, typ ${typ}`, (it) => it.sign({ typ }, { c_hash: 'h' }), null],
    [`a logout token, typ ${typ}`, (it) => it.sign({ typ }, { events: logout, sid: 's' }), null],
    [
      `a security event, typ ${typ}`,
      (it) => it.sign({ typ }, { events, sub_id: { format: 'opaque', id: 'a' } }),
      null,
    ],
    [
      `a DPoP proof, typ ${typ}`,
      (it) => it.sign({ typ }, { htm: 'POST', htu: 'https://a.test' }),
      null,
    ],
    [
      `a client’s assertion, typ ${typ}`,
      (it) => it.sign({ typ }, bare(it, { iss: client(it), sub: client(it), jti: randomUUID() })),
      null,
    ],
  ]),
  ...[
    'oauth-id-jag+jwt',
    'logout+jwt',
    'secevent+jwt',
    'dpop+jwt',
    'client-authentication+jwt',
    'token-introspection+jwt',
    'oauth-authz-req+jwt',
    'entity-statement+jwt',
    'kb+jwt',
    'at+jwt2',
    'application/json',
  ].map((typ): Hostile => [`typ ${typ}`, (it) => it.sign({ typ }), 'not_an_access_token']),
  ['typ that is a list', (it) => it.sign({ typ: ['at+jwt'] }), 'malformed'],
  ['typ that is empty', (it) => it.sign({ typ: '' }), 'not_an_access_token'],
];
