import { beforeAll, describe, expect, it } from 'vitest';
import { forgerOf, type Forger } from '../hostile/forger.fixture.js';
import { TENANT } from '../hostile/good-tokens.fixture.js';
import type { TokenProfile } from './profile-names.js';

type Changes = Record<string, unknown>;
type Rejected = readonly [name: string, claims: Changes, reason: string];

const without = (...names: string[]): Changes =>
  Object.fromEntries(names.map((name) => [name, undefined]));
const NOT_ACCESS = 'not_an_access_token';

const REJECTED: Partial<Record<TokenProfile, readonly Rejected[]>> = {
  rfc9068: [
    ...['sub', 'client_id', 'iat', 'jti', 'exp', 'aud'].map((claim): Rejected => [
      `without ${claim}`,
      without(claim),
      NOT_ACCESS,
    ]),
    ['with an empty client', { client_id: '' }, 'invalid_claims'],
  ],
  jwt: [
    ['without a client', without('client_id'), NOT_ACCESS],
    ['with an empty client', { client_id: '' }, NOT_ACCESS],
    ['whose client is a list', { client_id: ['client-1'] }, NOT_ACCESS],
    ['whose audience is its client', { client_id: 'https://gatehouse.example.test' }, NOT_ACCESS],
  ],
  entra: [
    ['of another tenant', { tid: '00000000-0000-0000-0000-000000000000' }, 'required_claim'],
    ['of the tenant in another case', { tid: TENANT.toUpperCase() }, 'required_claim'],
    ['without a tenant', without('tid'), NOT_ACCESS],
    ['of version 1', { ver: '1.0' }, NOT_ACCESS],
    ['of version 2 as a number', { ver: 2 }, NOT_ACCESS],
    ['without azp', without('azp'), NOT_ACCESS],
    ['that names its client by appid alone', { azp: undefined, appid: 'app' }, NOT_ACCESS],
    ['without oid', without('oid'), NOT_ACCESS],
    ['of neither a user nor an app', without('scp'), NOT_ACCESS],
    ['of an empty scope', { scp: ' ' }, NOT_ACCESS],
    ['of both a user and an app', { idtyp: 'app' }, NOT_ACCESS],
    ['of an app as another type says it', { scp: undefined, idtyp: 'App' }, NOT_ACCESS],
    ['with roles instead of idtyp', { scp: undefined, roles: ['tools'] }, NOT_ACCESS],
    ['for its own client', { azp: 'https://gatehouse.example.test' }, NOT_ACCESS],
  ],
  okta: [
    ['without cid', without('cid'), NOT_ACCESS],
    ['of another version', { ver: '1' }, NOT_ACCESS],
    ['for its own client', { cid: 'https://gatehouse.example.test' }, NOT_ACCESS],
    ['of a user without uid', without('uid'), 'invalid_claims'],
    ['of a null uid', { uid: null }, 'invalid_claims'],
  ],
  spiffe: [
    ['without sub', without('sub'), NOT_ACCESS],
    ...[
      'https://example.test/agents',
      'spiffe://example.test',
      'spiffe://example.test/',
      'spiffe://example.test/agents/',
      'spiffe://example.test//agents',
      'spiffe://example.test/agents/../admin',
      'spiffe://example.test/agents/*',
      'spiffe://EXAMPLE.test/agents',
      'spiffe://user@example.test/agents',
      'spiffe://example.test:8443/agents',
      'spiffe://example.test/agents?x=1',
      'spiffe://example.test/agents#x',
      'spiffe://example.test/%61gents',
      'SPIFFE://example.test/agents',
    ].map((sub): Rejected => [`of ${sub}`, { sub }, NOT_ACCESS]),
  ],
  kubernetes: [
    ['without kubernetes.io', without('kubernetes.io'), NOT_ACCESS],
    [
      'of another account than its place says',
      { sub: 'system:serviceaccount:agents:other' },
      NOT_ACCESS,
    ],
    ['of a node', { sub: 'system:node:node-1' }, NOT_ACCESS],
    ['of a whole namespace', { sub: 'system:serviceaccount:agents:' }, NOT_ACCESS],
    ['of an upper-case account', { sub: 'system:serviceaccount:Agents:coding-agent' }, NOT_ACCESS],
    [
      'whose place is made of pieces',
      {
        sub: 'system:serviceaccount:a:b:c',
        'kubernetes.io': { namespace: 'a', serviceaccount: { name: 'b:c' } },
      },
      NOT_ACCESS,
    ],
    ['without a service account', { 'kubernetes.io': { namespace: 'agents' } }, NOT_ACCESS],
  ],
  github: [
    ['without repository_id', without('repository_id'), NOT_ACCESS],
    ['without job_workflow_ref', without('job_workflow_ref'), NOT_ACCESS],
    ['without jti', without('jti'), NOT_ACCESS],
  ],
};

describe.each(Object.entries(REJECTED))('the profile %s', (profile, rejected) => {
  let forger: Forger;
  beforeAll(async () => {
    forger = await forgerOf(profile as TokenProfile);
  });

  it.each(rejected)('rejects a token %s', async (_name, claims, reason) => {
    await expect(forger.verify(await forger.sign({}, claims))).rejects.toMatchObject({ reason });
  });
});

describe('a client’s token for itself', () => {
  it.each<readonly [TokenProfile, Changes, string]>([
    ['rfc9068', { sub: 'client-1' }, 'client-1'],
    ['jwt', { sub: 'client-1' }, 'client-1'],
    ['jwt', { sub: 'client-2', client_id: undefined, azp: 'client-2' }, 'client-2'],
    ['entra', { scp: undefined, idtyp: 'app', oid: 'principal' }, 'principal'],
    ['okta', { uid: undefined, sub: '0oapu4btsL2xI0y8y356' }, '0oapu4btsL2xI0y8y356'],
  ])('is told apart by the profile %s', async (profile, claims, subject) => {
    const forger = await forgerOf(profile);
    await expect(forger.verify(await forger.sign({}, claims))).resolves.toMatchObject({
      subject,
      isClientItself: true,
    });
  });
});

describe('typ', () => {
  it.each<readonly [TokenProfile, string | undefined]>([
    ['rfc9068', 'application/at+jwt'],
    ['rfc9068', 'AT+JWT'],
    ['jwt', 'jwt'],
    ['okta', 'at+jwt'],
    ['okta', 'JWT'],
    ['spiffe', 'JOSE'],
    ['spiffe', undefined],
    ['kubernetes', 'JWT'],
  ])('of %s may also be %s', async (profile, typ) => {
    const forger = await forgerOf(profile);
    await expect(forger.verify(await forger.sign({ typ }))).resolves.toBeDefined();
  });

  it.each<readonly [TokenProfile, string | undefined]>([
    ['rfc9068', 'JWT'],
    ['rfc9068', undefined],
    ['jwt', 'at+jwt'],
    ['jwt', undefined],
    ['entra', 'at+jwt'],
    ['entra', undefined],
    ['okta', 'application/okta-internal-at+jwt'],
    ['spiffe', 'at+jwt'],
    ['kubernetes', 'at+jwt'],
    ['github', undefined],
    ['github', 'at+jwt'],
  ])('of %s may not be %s', async (profile, typ) => {
    const forger = await forgerOf(profile);
    await expect(forger.verify(await forger.sign({ typ }))).rejects.toMatchObject({
      reason: NOT_ACCESS,
    });
  });
});
