import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirm } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

type SignedIn = Awaited<ReturnType<typeof signedInAs>>;

let database: TestDatabase;
let gate: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

let attacker: SignedIn;
let owner: SignedIn;
let host: string;
let teamId: string;

/** Somebody's tool server, and somebody else from IT. */
beforeEach(async () => {
  [attacker, owner] = [await signedInAs(gate, 'it'), await signedInAs(gate, 'developer')];
  const organisation = createTestOrganisation(gate.db);
  teamId = await organisation.addTeam();
  host = `${newId()}.example.com`;
  const of = { ownerId: owner.id, teamId };
  await organisation.addToolServer({ ...of, kind: 'mcp', url: `https://${host}/mcp` });
});

const register = (visitor: Visitor, url: string, over: object = {}) =>
  answerOf(
    visitor.write('POST', '/api/v1/tool-servers', {
      slug: `s${newId().slice(-12)}`,
      name: 'A second one',
      kind: 'mcp',
      url,
      ownerId: owner.id,
      teamId,
      ...over,
    }),
  );
const registered = (url: string) => gate.db.toolServer.count({ where: { url } });

describe('a tool server at the host of somebody else’s', () => {
  it.each<[string, (of: string) => string]>([
    ['the same address', (of) => `https://${of}/mcp`],
    ['another path', (of) => `https://${of}/mcp/x/../`],
    ['another port', (of) => `https://${of}:8443/mcp`],
    ['plain HTTP', (of) => `http://${of}/mcp`],
    ['the host in capitals', (of) => `https://${of.toUpperCase()}/mcp`],
    ['the host with its last dot', (of) => `https://${of}./mcp`],
  ])('waits for a second person: %s', async (_, addressAt) => {
    const before = await gate.db.toolServer.count();
    const answer = await register(attacker.visitor, addressAt(host));
    expect(answer).toMatchObject({ status: 202 });
    expect((await confirm(attacker.visitor, answer)).status).toBe(403);
    expect(await gate.db.toolServer.count()).toBe(before);
  });

  it.each([
    ['the attacker as its owner', () => ({ ownerId: attacker.id })],
    ['the present owner as its owner', () => ({ ownerId: owner.id })],
  ])('waits, no matter who is named its owner: %s', async (_, over) => {
    expect((await register(attacker.visitor, `https://${host}/`, over())).status).toBe(202);
  });

  it('is confirmed by that owner or by security, and by nobody from IT', async () => {
    const [mine, theirs] = [`https://${host}/mine`, `https://${host}/theirs`];
    const first = await register(attacker.visitor, mine);
    const colleague = await signedInAs(gate, 'it');
    expect((await confirm(colleague.visitor, first)).status).toBe(403);
    expect(await registered(mine)).toBe(0);
    expect((await confirm(owner.visitor, first)).status).toBe(200);
    expect(await registered(mine)).toBe(1);
    const second = await register(attacker.visitor, theirs);
    const security = await signedInAs(gate, 'security');
    expect((await confirm(security.visitor, second)).status).toBe(200);
    expect(await registered(theirs)).toBe(1);
  });

  it('is not reached in two steps: registered elsewhere, then moved there', async () => {
    const elsewhere = await register(attacker.visitor, `https://${newId()}.example.com/mcp`);
    expect(elsewhere.status).toBe(201);
    const refresh = `/api/v1/tool-servers/${String(elsewhere.body['id'])}/refresh-tools`;
    const move = (url: string) =>
      answerOf(attacker.visitor.write('POST', refresh, { url, reason: 'it has moved' }));
    const answer = await move(`https://${host}/moved`);
    expect(answer.status).toBe(202);
    expect(await registered(`https://${host}/moved`)).toBe(0);
    expect((await move(`https://${newId()}.example.com/mcp`)).status).toBe(200);
    expect((await confirm(owner.visitor, answer)).status).toBe(409);
  });
});

describe('a tool server is registered at once', () => {
  it('at a host of its own, and at one where all are the actor’s', async () => {
    const url = `https://${newId()}.example.com`;
    const ownerId = { ownerId: attacker.id };
    expect((await register(attacker.visitor, `${url}/a`, ownerId)).status).toBe(201);
    expect((await register(attacker.visitor, `${url}/b`)).status).toBe(201);
  });
});
