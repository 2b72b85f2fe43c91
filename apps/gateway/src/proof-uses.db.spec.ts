import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, startIdp, type TestDatabase, type TestIdp } from '#libs/dev/testing';
import { ProofUses } from '#libs/trust/token-endpoint';
import { registerCompany } from './fixtures/company.fixture.js';
import { startReplica, type Replica } from './fixtures/replicas.fixture.js';
import { startRestServer, type RestServerFixture } from './fixtures/rest-server.fixture.js';

const AUDIENCE = 'https://gatehouse.example.test';
const PUBLIC_URL = 'http://127.0.0.1:4000';
const TRIES = Number(process.env['PROOF_TRIES'] ?? 1_000);
const AT_ONCE = 10;
const SEARCH = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'load' } };

let database: TestDatabase;
let idp: TestIdp;
let rest: RestServerFixture;
let replicas: Replica[];
let key: { privateKey: CryptoKey; jwk: JWK };
let token: string;

beforeAll(async () => {
  database = await createTestDatabase();
  [idp, rest] = await Promise.all([startIdp(), startRestServer()]);
  await registerCompany({
    databaseUrl: database.appUrl,
    issuer: idp.issuer,
    audience: AUDIENCE,
    restUrl: rest.url,
  });
  const settings = { publicUrl: PUBLIC_URL, audience: AUDIENCE };
  replicas = await Promise.all([1, 2].map(() => startReplica(database.appUrl, settings)));
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  key = { privateKey, jwk: await exportJWK(publicKey) };
  const cnf = { jkt: await calculateJwkThumbprint(key.jwk) };
  token = await idp.accessToken({ sub: 'coder', aud: AUDIENCE, cnf });
}, 60_000);

afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await Promise.all([idp.stop(), rest.stop()]);
  await database.drop();
});

beforeEach(() => {
  rest.seen.length = 0;
});

const prove = () =>
  new SignJWT({
    htm: 'POST',
    htu: `${PUBLIC_URL}/v1/tool-calls`,
    jti: newId(),
    ath: createHash('sha256').update(token).digest('base64url'),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.jwk })
    .setIssuedAt()
    .sign(key.privateKey);

/** Shows one proof to both gateways at once; answers how many took it. */
const race = async (proofUses?: Pick<ProofUses, 'isFirstUse'>): Promise<number> => {
  const proof = await prove();
  const statuses = await Promise.all(
    replicas.map((replica) => replica.prove(token, proof, SEARCH, proofUses)),
  );
  expect(statuses.filter((status) => status !== 200 && status !== 401)).toEqual([]);
  return statuses.filter((status) => status === 200).length;
};

const raceOften = async (tries: number, proofUses?: Pick<ProofUses, 'isFirstUse'>) => {
  const counted = new Map<number, number>();
  const lane = async () => {
    for (let turn = 0; turn < tries / AT_ONCE; turn += 1) {
      const taken = await race(proofUses);
      counted.set(taken, (counted.get(taken) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return Object.fromEntries(counted);
};

describe('a proof of possession that is shown to two gateways at once', () => {
  it('is valid once, in every one of a thousand tries', async () => {
    expect(await raceOften(TRIES)).toEqual({ 1: TRIES });
    expect(rest.seen).toHaveLength(TRIES);
  }, 240_000);

  it('would be valid twice if each remembered its own alone (negative control)', async () => {
    const own = { isFirstUse: () => Promise.resolve(true) };
    expect(await raceOften(50, own)).toEqual({ 2: 50 });
  });

  it('is valid on neither one while the database cannot be asked', async () => {
    const away = new ProofUses('postgresql://nobody@127.0.0.1:1/none');
    const proof = await prove();
    const statuses = await Promise.all(
      replicas.map((replica) => replica.prove(token, proof, SEARCH, away)),
    );
    expect(statuses).toEqual([503, 503]);
    expect(rest.seen).toEqual([]);
    await away.stop();
  });
});

describe('uses of proofs', () => {
  it('that come together are each recorded once, whatever their order', async () => {
    const [one, other] = [new ProofUses(database.appUrl), new ProofUses(database.appUrl)];
    const ids = Array.from({ length: 400 }, () => newId());
    const use = (uses: ProofUses, tokenIds: readonly string[]) =>
      Promise.all(tokenIds.map((tokenId) => uses.isFirstUse({ thumbprint: 'a key', tokenId })));
    const answers = await Promise.all([
      use(one, [...ids, ...ids]),
      use(other, ids.toReversed()),
      use(other, ids),
    ]);
    expect(answers.flat().filter(Boolean)).toHaveLength(ids.length);
    // Another key's proof with the same id is another proof.
    const theirs = { thumbprint: 'another key', tokenId: ids[0] ?? '' };
    expect(await one.isFirstUse(theirs)).toBe(true);
    await Promise.all([one.stop(), other.stop()]);
  });
});
