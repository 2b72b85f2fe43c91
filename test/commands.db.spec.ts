import { ACTIONS } from '#libs/platform/access';
import { Command, commandNames, type AnyCommand, type CommandClass } from '#libs/engine/commands';
import { readEpoch } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { createOutbound, type Outbound } from '#libs/engine/upstream';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_COMMANDS } from '../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../apps/worker/src/index.js';
import { openCompany, type Company } from '../libs/governance/policies/policies.fixture.js';
import { addGround } from './support/command-ground.js';
import { commandInputs } from './support/command-inputs.js';

// Every command of every process, each with its input of test/support/command-inputs.ts. A command that
// is not in that table fails the walk.
const COMMANDS: readonly CommandClass[] = [...new Set([...API_COMMANDS, ...WORKER_COMMANDS])];

let database: TestDatabase;
let company: Company;
let outbound: Outbound;
let nobody: Actor;
let inputs: Record<string, unknown>;

const make = (name: string): AnyCommand => {
  const found = COMMANDS.find((command) => command.spec.name === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  const Class = found as unknown as new (...dependencies: unknown[]) => AnyCommand;
  return new Class(company.runtime, outbound, { publicUrl: 'https://gate.test' });
};

/** Everything that a command could change, but the ledger. */
const world = async () => {
  const { db } = company;
  return {
    agents: await db.agent.findMany({ orderBy: { id: 'asc' } }),
    bindings: await db.binding.count(),
    killSwitches: await db.killSwitch.findMany({ orderBy: { id: 'asc' } }),
    callers: await db.unregisteredAgent.findMany({ orderBy: { id: 'asc' } }),
    servers: await db.toolServer.findMany({ orderBy: { id: 'asc' } }),
    tools: await db.tool.findMany({ orderBy: { id: 'asc' } }),
    policies: await db.policy.count(),
    accessRequests: await db.accessRequest.findMany({ orderBy: { id: 'asc' } }),
    versions: await db.policyVersion.findMany({ orderBy: { id: 'asc' } }),
    people: await db.person.count(),
    roles: await db.personRole.count(),
    teams: await db.team.count(),
    issuers: await db.issuer.findMany({ orderBy: { id: 'asc' } }),
    mappings: await db.groupMapping.findMany({ orderBy: { id: 'asc' } }),
    emergencies: await db.emergencyAccess.findMany({ orderBy: { id: 'asc' } }),
    delegations: await db.delegation.findMany({ orderBy: { id: 'asc' } }),
    alerts: await db.alert.findMany({ orderBy: { id: 'asc' } }),
    setupCodes: await db.setupCode.count(),
    signIns: await db.signInProvider.count(),
    identities: await db.personIdentity.count(),
    signals: await db.signalStream.findMany({ orderBy: { id: 'asc' } }),
    usedTokenIds: await db.usedTokenId.count(),
    revokedTokens: await db.revokedToken.count(),
    signingKeys: await db.signingKey.count(),
    outbox: await db.outbox.count(),
    epoch: await readEpoch(db),
  };
};

beforeAll(async () => {
  database = await createTestDatabase();
  company = await openCompany(database.appUrl, COMMANDS);
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  nobody = await company.addPerson([]);
  inputs = commandInputs(company, await addGround(company, make));
});

afterAll(async () => {
  await outbound.close();
  await company.close();
  await database.drop();
});

describe('every command', () => {
  it('has a name of its own', () => {
    expect(new Set(COMMANDS.map(({ spec }) => spec.name)).size).toBe(COMMANDS.length);
    for (const { spec } of COMMANDS) expect(commandNames(COMMANDS)).toContain(spec.name);
  });

  it.each(COMMANDS.map((command) => [command.spec.name, command] as const))(
    '%s declares what it is, and inherits the recording part',
    (name, Class) => {
      const command = make(name);
      expect(command).toBeInstanceOf(Command);
      expect(command.spec).toBe(Class.spec);
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(ACTIONS).toContain(command.spec.permission.action);
      expect(command.spec.input).toBeInstanceOf(z.ZodType);
      expect(command.spec.input.safeParse({ nonsense: true }).success).toBe(false);
    },
  );

  it.each(COMMANDS.map((command) => command.spec.name))(
    '%s is rejected for a person with no role, recorded, and changes nothing',
    async (name) => {
      expect(Object.keys(inputs)).toContain(name);
      const command = make(name);
      expect(command.spec.input.safeParse(inputs[name]).error).toBeUndefined();
      const before = await world();
      const where = { type: name, actorId: nobody.id };
      const entries = await company.db.ledgerEntry.count({ where });
      await expect(command.execute(nobody, inputs[name])).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
      expect(await world()).toEqual(before);
      const recorded = await company.db.ledgerEntry.findMany({ where, orderBy: { id: 'desc' } });
      expect(recorded).toHaveLength(entries + 1);
      expect(recorded[0]?.data).toMatchObject({ command: name, outcome: 'rejected' });
    },
  );

  it('bumps the epoch exactly where it says that it changes rights', () => {
    const changing = COMMANDS.filter((command) => command.spec.changesRights);
    expect(changing.map((command) => command.spec.name).toSorted()).toEqual([
      'activate-agent',
      'activate-kill-switch',
      'add-person',
      'apply-signal',
      'bind-agent',
      'block-unregistered-agent',
      'change-agent',
      'change-issuer',
      'change-scim-agent',
      'change-scim-group',
      'change-scim-user',
      'change-team',
      'claim-ownership',
      'classify-tool',
      'create-scim-group',
      'delete-scim-agent',
      'delete-scim-group',
      'delete-scim-user',
      'disable-person',
      'enable-person',
      'enforce-agent-limits',
      'grant-delegation',
      'link-identity',
      'maintain-signing-keys',
      'pin-tools',
      'publish-policy',
      'reassign-agent',
      'register-unregistered-agent',
      'release-kill-switch',
      'restore-issuer',
      'retire-agent',
      'retire-issuer',
      'revoke-access-grant',
      'revoke-access-token',
      'revoke-agent-tokens',
      'revoke-delegation',
      'revoke-person-access',
      'rotate-signing-key',
      'seed-policy',
      'suspend-agent',
      'trust-issuer',
      'unbind-agent',
      'unblock-unregistered-agent',
      'withdraw-delegation',
    ]);
  });
});
