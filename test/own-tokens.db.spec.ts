import { loadConfig } from '#libs/platform/config';
import { newId, type Role } from '#libs/platform/kernel';
import { verifyLedger } from '#libs/engine/ledger';
import { createLogger } from '#libs/platform/telemetry';
import {
  asProcess,
  createTestDatabase,
  startIdp,
  type TestDatabase,
  type TestIdp,
} from '#libs/dev/testing';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORD_KEYS } from '../apps/gateway/src/fixtures/sign-everything.fixture.js';
import { addPerson } from '../apps/api/src/fixtures/people.js';
import { startTestApi, type TestApi } from '../apps/api/src/fixtures/test-api.js';
import { askToken } from '../apps/api/src/fixtures/token-company.fixture.js';
import { Visitor } from '../apps/api/src/fixtures/visitor.js';
import { registerCompany } from '../apps/gateway/src/fixtures/company.fixture.js';
import { listenWith, type Listening } from '../apps/gateway/src/fixtures/listen.fixture.js';
import {
  startRestServer,
  type RestServerFixture,
} from '../apps/gateway/src/fixtures/rest-server.fixture.js';
import { createBoundedServer } from '#libs/platform/listen';
import { createGateway, type Gateway } from '../apps/gateway/src/index.js';

// The token endpoint and two gateways, each as its own process would be: what one issues the others take,
// and a revocation is in force on all of them (invariants I3 and I5).

interface RunningGateway {
  url: string;
  stop(): Promise<void>;
}

let database: TestDatabase;
let api: TestApi;
let idp: TestIdp;
let rest: RestServerFixture;
let gateways: RunningGateway[];

const startGateway = async (): Promise<RunningGateway> => {
  let running: Gateway | undefined;
  const server: Listening = await listenWith(
    createBoundedServer((request, response) => running?.handler(request, response)),
  );
  const config = loadConfig({
    DATABASE_URL: asProcess('gateway', database.appUrl),
    PUBLIC_URL: api.origin,
    ALLOWED_HOSTS: new URL(server.url).host,
    OUTBOUND_ALLOW: '127.0.0.0/8',
  });
  const logger = createLogger({ level: 'silent', name: 'gateway' });
  const recordKeys = RECORD_KEYS;
  const own = { recordKeys, writer: 'gateway', boot: newId(), version: '0.0.0' } as const;
  const gateway = await createGateway({ config, logger, ...own });
  running = gateway;
  return {
    url: server.url,
    stop: async () => {
      await gateway.close();
      await server.stop();
    },
  };
};

beforeAll(async () => {
  database = await createTestDatabase();
  [api, idp, rest] = await Promise.all([
    startTestApi(database.appUrl),
    startIdp(),
    startRestServer(),
  ]);
  await registerCompany({
    databaseUrl: database.appUrl,
    issuer: idp.issuer,
    audience: api.origin,
    restUrl: rest.url,
  });
  gateways = await Promise.all([startGateway(), startGateway()]);
});

afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await Promise.all([api.close(), idp.stop(), rest.stop()]);
  await database.drop();
});

/** A token of ours for the agent coder, in exchange for its IdP's. */
const getToken = async (more: Record<string, string> = {}): Promise<string> => {
  const { body } = await askToken(api.origin, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: await idp.accessToken({ sub: 'coder', aud: api.origin }),
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    ...more,
  });
  if (body.access_token === undefined) throw new Error(JSON.stringify(body));
  return body.access_token;
};

/** The statuses of one call at each gateway. */
const callWith = (token: string): Promise<number[]> =>
  Promise.all(
    gateways.map(async ({ url }) => {
      const answer = await fetch(`${url}/v1/tool-calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          server: 'helpdesk',
          tool: 'search_tickets',
          arguments: { q: 'x' },
        }),
      });
      await answer.text();
      return answer.status;
    }),
  );

// What gives a right reaches a gateway within a second; what takes one, at once.
const opens = async (token: string): Promise<void> => {
  await expect.poll(() => callWith(token), { timeout: 20_000 }).toEqual([200, 200]);
};

const signedIn = async (role: Role): Promise<Visitor> => {
  const subject = `${role}-${newId()}`;
  await addPerson(api.db, { issuer: api.idp.issuer, subject, roles: [role] });
  api.idp.account = subject;
  const visitor = new Visitor(api.origin);
  await visitor.signIn();
  return visitor;
};

describe('a token of our own', () => {
  it('opens every gateway, and the ledger says which it was', async () => {
    const token = await getToken();
    await opens(token);
    const where = { type: 'call.intent' };
    const entry = await api.db.ledgerEntry.findFirst({ where, orderBy: { id: 'desc' } });
    const issued = await api.db.ledgerEntry.findFirstOrThrow({
      where: { type: 'issue-token' },
      orderBy: { id: 'desc' },
    });
    const { facts } = issued.data as { facts: { tokenDigest: string } };
    expect(entry?.data).toMatchObject({
      identifiedBy: 'own_token',
      tokenDigest: facts.tokenDigest,
    });
  });

  it('reaches only the tool servers in its scope', async () => {
    expect(await callWith(await getToken({ scope: 'tools:helpdesk' }))).toEqual([200, 200]);
    for (const status of await callWith(await getToken({ scope: 'tools:everything' })))
      expect(status).toBeGreaterThanOrEqual(403);
  });

  it('is not valid once it is revoked, while another one goes on', async () => {
    const [token, other] = [await getToken(), await getToken()];
    expect(await callWith(token)).toEqual([200, 200]);
    const security = await signedIn('security');
    const body = { token, reason: 'it was pasted into a chat' };
    expect((await security.write('POST', '/api/v1/access-tokens/revoke', body)).status).toBe(200);
    // At once: the request has returned, so no replica allows it any more.
    expect(await callWith(token)).toEqual([401, 401]);
    expect(await callWith(other)).toEqual([200, 200]);
  });

  it('is not valid once its key is withdrawn, and a new one opens without a restart', async () => {
    const token = await getToken();
    expect(await callWith(token)).toEqual([200, 200]);
    const security = await signedIn('security');
    const body = { reason: 'the key was seen in a log', compromised: true };
    expect((await security.write('POST', '/api/v1/signing-keys/rotate', body)).status).toBe(200);
    expect(await callWith(token)).toEqual([401, 401]);
    const next = await getToken();
    expect(decodeProtectedHeader(next).kid).not.toBe(decodeProtectedHeader(token).kid);
    await opens(next);
  });

  it('is not valid once its binding is gone', async () => {
    const token = await getToken();
    expect(await callWith(token)).toEqual([200, 200]);
    const coder = await api.db.agent.findUniqueOrThrow({
      where: { name: 'coder' },
      include: { bindings: true },
    });
    const it = await signedIn('it');
    const [binding] = coder.bindings;
    const path = `/api/v1/agents/${coder.id}/bindings/${binding?.id ?? ''}/unbind`;
    const removed = await it.write('POST', path, { reason: 'moved to a key' });
    expect(removed.status).toBeLessThan(300);
    for (const status of await callWith(token)) expect([401, 403]).toContain(status);
  });

  it('leaves a ledger that verifies', async () => {
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });
});
