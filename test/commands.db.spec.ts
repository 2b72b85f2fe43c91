import { ACTIONS } from '#libs/access';
import { Command, commandNames, type AnyCommand, type CommandClass } from '#libs/commands';
import { readEpoch } from '#libs/db';
import { newId, systemActor, type Actor } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { createOutbound, type Outbound } from '#libs/upstream';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { openCompany, type Company } from '../libs/policies/src/policies.fixture.js';

// Every command of every process, each with an input that somebody with the right would succeed with. A
// command that is not in the table fails the walk.
const COMMANDS: readonly CommandClass[] = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];
const TEXT = 'rules: []\n';

let database: TestDatabase;
let company: Company;
let outbound: Outbound;
let nobody: Actor;
let inputs: Record<string, unknown>;

const make = (name: string): AnyCommand => {
  const found = COMMANDS.find((command) => command.traits.name === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  const Class = found as unknown as new (...dependencies: unknown[]) => AnyCommand;
  return new Class(company.runtime, outbound);
};

/** Everything that a command could change, but the ledger. */
const world = async () => {
  const { db } = company;
  return {
    agents: await db.agent.findMany({ orderBy: { id: 'asc' } }),
    bindings: await db.binding.count(),
    servers: await db.toolServer.findMany({ orderBy: { id: 'asc' } }),
    tools: await db.tool.findMany({ orderBy: { id: 'asc' } }),
    policies: await db.policy.count(),
    versions: await db.policyVersion.findMany({ orderBy: { id: 'asc' } }),
    people: await db.person.count(),
    roles: await db.personRole.count(),
    teams: await db.team.count(),
    issuers: await db.issuer.count(),
    outbox: await db.outbox.count(),
    epoch: await readEpoch(db),
  };
};

beforeAll(async () => {
  database = await createTestDatabase();
  company = await openCompany(database.appUrl, COMMANDS);
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const { agentIds, toolIds, serverId, teamId, addPerson, db } = company;
  const owner = await addPerson(['it', 'security']);
  nobody = await addPerson([]);
  const issuerId = newId();
  await db.issuer.create({
    data: {
      id: issuerId,
      url: 'https://idp.test',
      name: 'IdP',
      audience: 'https://gate.test',
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
      createdAt: new Date(),
    },
  });
  const seeded = await make('seed-policy').execute(systemActor('spec'), {
    name: 'main',
    text: TEXT,
  });
  const { policyId } = await db.policyVersion.findUniqueOrThrow({
    where: { id: (seeded as { id: string }).id },
  });
  const proposal = { policyId, basedOnId: (seeded as { id: string }).id, text: TEXT, note: 'new' };
  const proposed = (await make('propose-policy').execute(owner, proposal)) as { id: string };
  const common = { ownerId: owner.id, teamId };
  inputs = {
    'register-agent': { ...common, name: 'new-one', purpose: 'p', riskTier: 'low' },
    'bind-agent': { id: agentIds.coder, issuerId, subject: 'client' },
    'activate-agent': { id: agentIds.coder, reason: 'go on' },
    'suspend-agent': { id: agentIds.coder, reason: 'stop it' },
    'register-tool-server': {
      ...common,
      slug: 'x',
      name: 'X',
      kind: 'mcp',
      url: 'http://127.0.0.1/',
    },
    'discover-again': { id: serverId, reason: 'look again' },
    'note-failed-discovery': { serverId, asked: 'http://127.0.0.1:1/', reason: 'down' },
    'classify-tool': { id: toolIds.read, classification: 'read', reason: 'it only reads' },
    'pin-tools': {
      found: true,
      serverId,
      asked: 'http://127.0.0.1:1/',
      tools: [],
      refused: [],
      document: null,
    },
    'propose-policy': proposal,
    'propose-denial': { agentId: agentIds.coder, toolId: toolIds.read, reason: 'not any more' },
    'publish-policy': { id: proposed.id, note: 'fine' },
    'reject-policy': { id: proposed.id, note: 'not fine' },
    'seed-policy': { name: 'again', text: TEXT },
    'start-session': { personId: owner.id },
    'end-session': { personId: owner.id },
    'verify-ledger': {
      ok: true,
      chains: 1,
      entries: 1,
      payloads: 0,
      problems: 0,
      durationMs: 1,
      firstKind: null,
      firstEntryId: null,
    },
    'add-team': { name: 'Another team' },
    'add-person': {
      issuer: 'https://idp.test',
      subject: 'somebody',
      email: 'somebody@example.test',
      name: 'Somebody',
      roles: ['it'],
      teamIds: [],
    },
    'trust-issuer': {
      url: 'https://other.test',
      name: 'Other',
      audience: 'https://gate.test',
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
    },
  };
});

afterAll(async () => {
  await outbound.close();
  await company.close();
  await database.drop();
});

describe('every command', () => {
  it('has a name of its own', () => {
    expect(new Set(COMMANDS.map(({ traits }) => traits.name)).size).toBe(COMMANDS.length);
    for (const { traits } of COMMANDS) expect(commandNames(COMMANDS)).toContain(traits.name);
  });

  it.each(COMMANDS.map((command) => [command.traits.name, command] as const))(
    '%s declares what it is, and inherits the recording part',
    (name, Class) => {
      const command = make(name);
      expect(command).toBeInstanceOf(Command);
      expect(command.traits).toBe(Class.traits);
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(ACTIONS).toContain(command.traits.permission.action);
      expect(command.input).toBeInstanceOf(z.ZodType);
      expect(command.input.safeParse({ nonsense: true }).success).toBe(false);
    },
  );

  it.each(COMMANDS.map((command) => command.traits.name))(
    '%s is refused to a person with no role, recorded, and changes nothing',
    async (name) => {
      expect(Object.keys(inputs)).toContain(name);
      const command = make(name);
      expect(command.input.safeParse(inputs[name]).error).toBeUndefined();
      const before = await world();
      const where = { type: name, actorId: nobody.id };
      const entries = await company.db.ledgerEntry.count({ where });
      await expect(command.execute(nobody, inputs[name])).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
      expect(await world()).toEqual(before);
      const recorded = await company.db.ledgerEntry.findMany({ where, orderBy: { id: 'desc' } });
      expect(recorded).toHaveLength(entries + 1);
      expect(recorded[0]?.data).toMatchObject({ command: name, outcome: 'refused' });
    },
  );

  it('bumps the epoch exactly where it says that it changes rights', () => {
    const changing = COMMANDS.filter((command) => command.traits.changesRights);
    expect(changing.map((command) => command.traits.name).toSorted()).toEqual([
      'activate-agent',
      'bind-agent',
      'classify-tool',
      'pin-tools',
      'publish-policy',
      'seed-policy',
      'suspend-agent',
      'trust-issuer',
    ]);
  });
});
