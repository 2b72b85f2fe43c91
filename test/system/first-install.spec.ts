import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestIdp, CLIENT, type TestIdp } from '../../apps/api/src/fixtures/test-idp.js';
import { RecordSigner } from '#libs/engine/record-signatures';
import { Visitor } from '../../apps/api/src/fixtures/visitor.js';
import { startHelpdesk, type Helpdesk } from '../../apps/sandbox/src/helpdesk/start-helpdesk.js';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.js';
import { freePort, startProcess, type AppProcess } from '../support/process.js';

// A company installs Gatehouse: an empty database, three processes, its own IdP and its own tool server;
// nothing of the sandbox but the helpdesk, which stands for that tool server.
const CODE = /\b(?:[A-Z2-9]{4}-){7}[A-Z2-9]{4}\b/g;
const SOON = { timeout: 10_000 };
const MASTER_KEY = 'm'.repeat(32);
const REASON = 'The first day of the installation.';
const POLICY = `rules:
  - name: the-assistant-searches
    effect: allow
    agents: { names: [assistant] }
    tools: { names: [helpdesk/search_tickets] }
    when: { always: true }
    reason: The assistant looks tickets up.
`;

let database: FreshDatabase;
let idp: TestIdp;
let helpdesk: Helpdesk;
let origin: string;
let env: Record<string, string>;
let api: AppProcess;
let gateway: AppProcess;
let worker: AppProcess;
let owner: Visitor;
const ids = new Map<string, string>();
const desks = new Map<string, Visitor>();

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  [database, idp, helpdesk] = await Promise.all([
    freshDatabase(),
    startTestIdp(origin),
    startHelpdesk({ port: 0 }),
  ]);
  env = {
    PUBLIC_URL: origin,
    OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
    LOG_LEVEL: 'warn',
  };
  api = await startApi();
  const { publicKey } = new RecordSigner(MASTER_KEY);
  [gateway, worker] = await Promise.all([
    startProcess('gateway', {
      ...env,
      DATABASE_URL: database.urlOf('gateway'),
      RECORD_VERIFICATION_KEYS: publicKey,
    }),
    startProcess('worker', { ...env, DATABASE_URL: database.urlOf('worker'), MASTER_KEY }),
  ]);
  await Promise.all([gateway.ready(), worker.ready()]);
});

afterAll(async () => {
  await Promise.all([api, gateway, worker].map((process) => process.stop()));
  await Promise.all([idp.close(), helpdesk.stop()]);
  await database.remove();
});

const startApi = async (): Promise<AppProcess> => {
  const process = await startProcess('api', {
    ...env,
    DATABASE_URL: database.urlOf('api'),
    MASTER_KEY,
    // One process brings the schema up, as docs/operations.md says.
    MIGRATE_DATABASE_URL: database.ownerUrl,
    PORT: new URL(origin).port,
    SIGN_IN_ISSUER: idp.issuer,
    SIGN_IN_CLIENT_ID: CLIENT.id,
    SIGN_IN_CLIENT_SECRET: CLIENT.secret,
    SIGN_IN_LINK_CLAIM: 'oid',
    SIGN_IN_LINK_ATTRIBUTE: 'external_id',
    SESSION_SECRET: 's'.repeat(32),
  });
  await process.ready();
  return process;
};

type Body = Record<string, unknown>;

const write = async (
  desk: Visitor,
  path: string,
  body: Body,
  method = 'POST',
): Promise<{ status: number; body: Body }> => {
  const answer = await desk.write(method, path, body);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
};

/** For what must succeed: its body, or a failure that says what was answered. */
const done = async (desk: Visitor, path: string, body: Body): Promise<Body> => {
  const answer = await write(desk, path, body);
  if (answer.status >= 300)
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const read = async (desk: Visitor, path: string): Promise<{ status: number; body: Body }> => {
  const answer = await desk.send('GET', path);
  return { status: answer.status, body: (await answer.json()) as Body };
};

const signIn = async (account: string): Promise<Visitor> => {
  idp.account = account;
  const desk = new Visitor(origin);
  await desk.signIn();
  desks.set(account, desk);
  return desk;
};

const desk = (account: string): Visitor => desks.get(account)!;
const rolesOf = async (account: string): Promise<unknown> => {
  const { body } = await read(desk(account), '/api/v1/session');
  return (body['person'] as Body)['roles'];
};

const call = async (token: string): Promise<{ status: number; body: Body }> => {
  const answer = await fetch(`${gateway.url}/v1/tool-calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      server: 'helpdesk',
      tool: 'search_tickets',
      arguments: { query: 'vpn' },
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
};

const agentToken = (sub: string): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: idp.issuer, aud: origin, sub, client_id: sub, jti: crypto.randomUUID() };
  return idp.sign({ ...claims, iat: now, exp: now + 300 }, { typ: 'at+jwt' });
};

// One step after the other, as on the first day; each stands on the one before.
describe('a fresh production install', () => {
  it('prints one setup code, once, and lets nobody in without it', async () => {
    expect(api.output().match(CODE)).toHaveLength(1);
    for (const other of [gateway, worker]) expect(other.output()).not.toMatch(CODE);
    owner = await signIn('olivia');
    expect((await read(owner, '/api/v1/session')).status).toBe(401);
    const { body } = await read(owner, '/api/v1/setup');
    expect(body).toMatchObject({ isOpen: true, identity: { email: 'ada@example.test' } });
    owner.csrfToken = String(body['csrfToken']);
    const wrong = await write(owner, '/api/v1/setup', { code: 'AAAA-'.repeat(7) + 'AAAA' });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('prints no second one when a process starts anew', async () => {
    const [code] = api.output().match(CODE) ?? [];
    expect(await api.stop()).toBe(0);
    api = await startApi();
    expect(api.output()).not.toMatch(CODE);
    // The session and the code have outlived the process.
    await done(owner, '/api/v1/setup', { code: code! });
    owner = await signIn('olivia');
    expect(await rolesOf('olivia')).toEqual(['owner']);
    expect((await read(owner, '/api/v1/setup')).body).toMatchObject({ isOpen: false });
  });

  it('has an owner who appoints the first two of each role and is then retired by itself', async () => {
    const { id: teamId } = await done(owner, '/api/v1/teams', { name: 'Engineering' });
    ids.set('team', String(teamId));
    const appointed = ['it', 'security', 'grc', 'developer', 'office', 'it2', 'security2'];
    const roleOf = (name: string): string => name.replace('2', '');
    for (const name of appointed) {
      const person = { issuer: idp.issuer, subject: name, name, teamIds: [teamId] };
      const made = await done(owner, '/api/v1/people', {
        ...person,
        email: `${name}@example.test`,
      });
      ids.set(name, String(made['id']));
      const assignment = { personId: made['id'], role: roleOf(name), reason: REASON };
      await done(owner, '/api/v1/roles/assignments', assignment);
    }
    const late = { personId: ids.get('it'), role: 'emergency', reason: REASON };
    expect((await write(owner, '/api/v1/roles/assignments', late)).status).toBe(403);
    expect(await rolesOf('olivia')).toEqual([]);
    for (const name of appointed) {
      await signIn(name);
      expect(await rolesOf(name)).toEqual([roleOf(name)]);
    }
  });

  it('has roles that their holders give from then on with a second person, which approve nothing yet', async () => {
    const person = { issuer: idp.issuer, subject: 'security3', name: 'security3', teamIds: [] };
    const { id } = await done(desk('it'), '/api/v1/people', {
      ...person,
      email: 's3@example.test',
    });
    const assignment = { personId: id, role: 'security', reason: REASON };
    expect((await write(desk('it'), '/api/v1/roles/assignments', assignment)).status).toBe(403);
    const proposed = await write(desk('security'), '/api/v1/roles/assignments', assignment);
    expect(proposed.status).toBe(202);
    const { id: changeId } = proposed.body['proposedChange'] as { id: string };
    const confirmation = `/api/v1/proposed-changes/${changeId}/confirm`;
    const note = { note: 'agreed on the phone' };
    expect((await write(desk('security'), confirmation, note)).status).toBe(403);
    await done(desk('it'), confirmation, note);
    await signIn('security3');
    expect((await read(desk('security3'), '/api/v1/session')).body).toMatchObject({
      person: { roles: ['security'] },
      coolingOffRoles: [{ role: 'security' }],
    });
  });

  it('trusts its IdP for agents, and knows its tool server', async () => {
    const proposed = await write(desk('it'), '/api/v1/issuers', {
      url: idp.issuer,
      name: 'Our IdP',
      audiences: [origin],
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
    });
    // Everybody signs in there: whose keys it has is nothing that one person decides.
    expect(proposed.status).toBe(202);
    const { id: changeId } = proposed.body['proposedChange'] as { id: string };
    const note = { note: 'agreed on the phone' };
    await done(desk('security'), `/api/v1/proposed-changes/${changeId}/confirm`, note);
    const { body: issuers } = await read(desk('it'), '/api/v1/issuers');
    const [issuer] = issuers['items'] as { id: string }[];
    ids.set('issuer', String(issuer?.id));
    const { id: serverId } = await done(desk('it'), '/api/v1/tool-servers', {
      slug: 'helpdesk',
      name: 'Helpdesk',
      kind: 'rest',
      url: helpdesk.url,
      openapiUrl: `${helpdesk.url}/openapi.json`,
      ownerId: ids.get('it'),
      teamId: ids.get('team'),
    });
    await expect
      .poll(async () => (await read(desk('it'), `/api/v1/tool-servers/${String(serverId)}`)).body, {
        timeout: 30_000,
      })
      .toMatchObject({ state: 'ready' });
  });

  it('links a person whom SCIM provisioned at their first sign-in, and leave at once', async () => {
    const connection = { name: 'Directory', kind: 'entra', issuerId: ids.get('issuer') };
    const { id } = await done(desk('it'), '/api/v1/scim-connections', connection);
    const made = await done(desk('it'), `/api/v1/scim-connections/${String(id)}/tokens`, {
      scopes: ['users:read', 'users:write'],
    });
    const scim = async (method: string, path: string, body: Body): Promise<Body> => {
      const answer = await fetch(`${origin}/scim/v2${path}`, {
        method,
        headers: {
          authorization: `Bearer ${String(made['token'])}`,
          'content-type': 'application/scim+json',
        },
        body: JSON.stringify(body),
      });
      expect([200, 201, 204]).toContain(answer.status);
      return answer.status === 204 ? {} : ((await answer.json()) as Body);
    };
    const { id: samId } = await scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'sam@example.test',
      externalId: 'object-of-sam',
      displayName: 'Sam',
      active: true,
    });
    idp.claims = { oid: 'object-of-sam' };
    const sam = await signIn('sam');
    idp.claims = {};
    expect((await read(sam, '/api/v1/session')).body).toMatchObject({ person: { id: samId } });
    await scim('PATCH', `/Users/${String(samId)}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    });
    expect((await read(sam, '/api/v1/session')).status).toBe(401);
  });

  it('rejects an agent that nobody registered, and shows it to IT', async () => {
    expect((await call(await agentToken('assistant'))).status).toBe(403);
    const seen = async (): Promise<Body> =>
      (await read(desk('it'), '/api/v1/unregistered-agents')).body;
    await expect.poll(seen, { timeout: 15_000 }).toMatchObject({ total: 1 });
  });

  it('governs the agent’s calls once it is registered, bound, active and covered by a policy', async () => {
    const it = desk('it');
    const { id } = await done(it, '/api/v1/agents', {
      name: 'assistant',
      purpose: 'Looks tickets up.',
      ownerId: ids.get('developer'),
      teamId: ids.get('team'),
      riskTier: 'low',
    });
    const binding = { kind: 'subject', issuerId: ids.get('issuer'), subject: 'assistant' };
    await done(it, `/api/v1/agents/${String(id)}/bindings`, binding);
    await done(it, `/api/v1/agents/${String(id)}/activate`, { reason: REASON });
    const token = await agentToken('assistant');
    // What is given reaches a gateway in a moment; only a revocation is in force at once.
    const denied = { status: 403, body: { decisionCode: 'default_deny' } };
    await expect.poll(() => call(token), SOON).toMatchObject(denied);
    const proposal = { name: 'first', text: POLICY, note: REASON };
    const made = await done(desk('security'), '/api/v1/policy-versions', proposal);
    const path = `/api/v1/policy-versions/${String(made['id'])}/publish`;
    expect((await write(desk('security'), path, { note: REASON })).status).toBe(403);
    await done(desk('security2'), path, { note: REASON });
    await expect
      .poll(() => call(token), SOON)
      .toMatchObject({ status: 200, body: { isError: false } });
    await done(it, `/api/v1/agents/${String(id)}/suspend`, { reason: REASON });
    expect((await call(token)).status).toBe(403);
  });

  it('runs on roles that may do no more than each process uses', () => {
    for (const process of [api, gateway, worker])
      expect(process.output()).not.toContain('may do more');
  });

  it('keeps a ledger that verifies, and no setup code anywhere', async () => {
    const cli = (...args: string[]) =>
      spawnSync(process.execPath, ['dist/apps/cli/src/main.js', ...args], {
        env: { PATH: process.env['PATH'] },
        encoding: 'utf8',
      });
    const verified = cli('audit', 'verify', '--database-url', database.urlOf('api'));
    expect([verified.status, verified.stdout]).toEqual([0, expect.stringMatching(/^Read \d+/)]);
    const code = cli('setup-code', '--database-url', database.urlOf('api'));
    expect([code.status, code.stderr]).toEqual([1, expect.stringMatching(/are held/)]);
  });
});
