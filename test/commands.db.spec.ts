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
const GRANT =
  'rules: [{ name: g, effect: allow, agents: { all: true }, tools: { all: true }, when: { always: true }, until: 2020-01-01T00:00:00Z, reason: g }]';

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

/** A person's group, mapping, emergency access, delegation and an alarm. */
const addRights = async (personId: string, agentId: string) => {
  const { db } = company;
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  const [groupId, mappingId, emergencyId] = [newId(), newId(), newId()];
  const [delegationId, alarmId] = [newId(), newId()];
  const name = { displayName: 'Auditors', displayNameFolded: 'auditors' };
  await db.group.create({ data: { id: groupId, ...name, createdAt: now, updatedAt: now } });
  await db.groupMapping.create({
    data: {
      id: mappingId,
      groupId,
      role: 'it',
      state: 'proposed',
      proposedById: personId,
      proposedAt: now,
    },
  });
  await db.emergencyAccess.create({
    data: { id: emergencyId, personId, reason: 'on fire', startedAt: now, endsAt: later },
  });
  await db.delegation.create({
    data: { id: delegationId, personId, agentId, purpose: 'p', createdAt: now, expiresAt: later },
  });
  const alarm = { kind: 'setup_code_used', subjectKind: 'person', subjectId: personId };
  await db.alarm.create({ data: { id: alarmId, ...alarm, message: 'm', raisedAt: now } });
  return { groupId, mappingId, emergencyId, delegationId, alarmId };
};

/** A provisioning client with a token, and a person whom it provisioned. */
const addScim = async (userId: string) => {
  const { db } = company;
  const now = new Date();
  const [connectionId, tokenId] = [newId(), newId()];
  await db.scimConnection.create({
    data: { id: connectionId, name: 'Entra', kind: 'entra', createdAt: now },
  });
  await db.scimToken.create({
    data: {
      id: tokenId,
      connectionId,
      tokenHash: Buffer.alloc(32),
      prefix: 'gh_scim_',
      scopes: ['users:write'],
      createdAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    },
  });
  const userName = { userName: 'ada', userNameFolded: 'ada', attributes: {} };
  await db.scimUser.create({
    data: { ...userName, personId: userId, connectionId, createdAt: now, updatedAt: now },
  });
  return { connectionId, tokenId, userId };
};

/** A request for access that is open, and a grant whose time is over. */
const addAccess = async (requestedById: string, agentId: string, toolId: string) => {
  const { db } = company;
  const now = new Date();
  const [requestId, policyId, grantId] = [newId(), newId(), newId()];
  const request = { why: 'needed', durationHours: 1, state: 'open' as const, requestedAt: now };
  await db.accessRequest.create({
    data: { id: requestId, agentId, toolId, requestedById, ...request },
  });
  await db.policy.create({
    data: { id: policyId, kind: 'grant', name: 'grant-x', description: '', createdAt: now },
  });
  const version = { number: 1, note: 'granted', proposedAt: now, state: 'active' as const };
  await db.policyVersion.create({ data: { id: grantId, policyId, text: GRANT, ...version } });
  return { requestId, grantId };
};

/** Everything that a command could change, but the ledger. */
const world = async () => {
  const { db } = company;
  return {
    agents: await db.agent.findMany({ orderBy: { id: 'asc' } }),
    bindings: await db.binding.count(),
    stops: await db.stop.findMany({ orderBy: { id: 'asc' } }),
    callers: await db.unregisteredCaller.findMany({ orderBy: { id: 'asc' } }),
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
    alarms: await db.alarm.findMany({ orderBy: { id: 'asc' } }),
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
  const { agentIds, toolIds, serverId, teamId, addPerson, db } = company;
  const owner = await addPerson(['it', 'security']);
  nobody = await addPerson([]);
  const issuerId = newId();
  await db.issuer.create({
    data: {
      id: issuerId,
      url: 'https://idp.test',
      name: 'IdP',
      audiences: ['https://gate.test'],
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
      createdAt: new Date(),
    },
  });
  const [bindingId, callerId, stopId] = [newId(), newId(), newId()];
  await db.binding.create({
    data: {
      id: bindingId,
      agentId: agentIds.coder,
      kind: 'subject',
      issuerId,
      subject: 'bound',
      createdAt: new Date(),
    },
  });
  await db.unregisteredCaller.create({
    data: {
      id: callerId,
      issuerId,
      subject: 'stranger',
      clientId: 'stranger',
      firstSeenAt: new Date(),
      lastSeenAt: new Date(),
      attempts: 1,
      lastSource: '127.0.0.1',
    },
  });
  await db.stop.create({
    data: {
      id: stopId,
      scope: 'tool',
      targetId: toolIds.read,
      reason: 'test',
      stoppedAt: new Date(),
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
  const rights = await addRights(owner.id, agentIds.coder);
  const access = await addAccess(owner.id, agentIds.coder, toolIds.refund);
  const common = { ownerId: owner.id, teamId };
  const scim = await addScim(owner.id);
  const streamId = newId();
  await db.signalStream.create({
    data: {
      id: streamId,
      issuerId,
      audience: 'https://gate.test/signals',
      delivery: 'push',
      enabled: true,
      createdAt: new Date(),
    },
  });
  const provisioned = { id: scim.userId, ifMatch: null };
  const patch = { Operations: [{ op: 'replace', path: 'active', value: false }] };
  inputs = {
    'register-signal-stream': { issuerId, audience: 'https://gate.test', delivery: 'push' },
    'change-signal-stream': { id: streamId, enabled: false },
    'retire-signal-stream': { id: streamId, reason: 'another one is used' },
    'apply-signal': {
      streamId,
      tokenId: 'one',
      eventType: 'session-revoked',
      meaning: 'nothing',
      subject: null,
    },
    'register-scim-connection': { name: 'Okta', kind: 'okta' },
    'change-scim-connection': { id: scim.connectionId, name: 'Entra of today' },
    'create-scim-token': { id: scim.connectionId, scopes: ['users:read'] },
    'rotate-scim-token': { id: scim.connectionId, tokenId: scim.tokenId },
    'revoke-scim-token': { id: scim.connectionId, tokenId: scim.tokenId, reason: 'it leaked' },
    'create-scim-user': { resource: { userName: 'new' } },
    'change-scim-user': { ...provisioned, change: { patch } },
    'delete-scim-user': provisioned,
    'create-scim-group': { resource: { displayName: 'New' } },
    'change-scim-group': { ...provisioned, change: { resource: { displayName: 'New' } } },
    'delete-scim-group': provisioned,
    'create-scim-agent': { resourceType: 'Agent', resource: { agentUserName: 'new' } },
    'change-scim-agent': { ...provisioned, resourceType: 'Agent', change: { patch } },
    'delete-scim-agent': { ...provisioned, resourceType: 'Agent' },
    'register-agent': { ...common, name: 'new-one', purpose: 'p', riskTier: 'low' },
    'bind-agent': { id: agentIds.coder, kind: 'subject', issuerId, subject: 'client' },
    'unbind-agent': { id: agentIds.coder, bindingId, reason: 'not any more' },
    'change-agent': { id: agentIds.coder, riskTier: 'high', expiresAt: null },
    'reassign-agent': { id: agentIds.coder, ...common, reason: 'a new owner' },
    'cut-agent-tokens': { id: agentIds.coder, reason: 'a token leaked' },
    'retire-agent': { id: agentIds.coder, reason: 'not needed any more' },
    'enforce-agent-limits': { id: agentIds.coder },
    'press-stop': { scope: 'server', targetId: serverId, reason: 'odd answers' },
    'lift-stop': { id: stopId, reason: 'looked into it' },
    'block-caller': { id: callerId, reason: 'nobody knows it' },
    'unblock-caller': { id: callerId, reason: 'somebody knows it' },
    'register-caller': {
      ...common,
      callerId,
      kind: 'subject',
      name: 'known-now',
      purpose: 'p',
      riskTier: 'low',
    },
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
    'end-grant': { id: access.grantId, reason: 'not any more' },
    'end-expired-grant': { id: access.grantId },
    'request-access': {
      agentId: agentIds.coder,
      toolId: toolIds.read,
      why: 'for work',
      durationHours: 8,
    },
    'draft-grant': { id: access.requestId, when: 'always', durationHours: 1, note: 'fine' },
    'refuse-access-request': { id: access.requestId, note: 'not that one' },
    'withdraw-access-request': { id: access.requestId, note: 'not needed' },
    'start-session': { personId: owner.id },
    'end-session': { personId: owner.id },
    'end-all-sessions': { personId: owner.id },
    'end-idp-sessions': {
      provider: 'default',
      issuer: 'https://idp.test',
      subject: 'somebody',
      session: null,
      tokenId: newId(),
      expiresAt: new Date().toISOString(),
    },
    'link-identity': {
      issuerId,
      issuer: 'https://idp.test',
      subject: 'somebody',
      attribute: 'external_id',
      value: 'one',
    },
    'change-issuer': { id: issuerId, algorithms: ['ES384'], reason: 'other keys' },
    'retire-issuer': { id: issuerId, reason: 'not ours any more' },
    'configure-sign-in': {
      id: issuerId,
      label: 'Work',
      clientId: 'console',
      clientSecret: 'secret',
      linkClaim: null,
      linkAttribute: null,
      enabled: true,
    },
    'remove-sign-in': { id: issuerId },
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
    'issue-token': {
      agentId: agentIds.coder,
      bindingId,
      agentProvenAt: null,
      grant: 'client_credentials',
      shownBy: 'client_assertion',
      subject: null,
      scope: 'tools',
      thumbprint: null,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      issuerIds: [],
      tokens: [],
    },
    'keep-signing-keys': {},
    'forget-used-tokens': {},
    'rotate-signing-key': { reason: 'an exercise' },
    'revoke-access-token': {
      issuer: 'https://idp.test',
      tokenId: 'one',
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      reason: 'leaked',
    },
    'add-team': { name: 'Another team' },
    'change-team': { id: teamId, name: 'Renamed' },
    'change-person': { id: owner.id, name: 'Renamed' },
    'disable-person': { id: owner.id, reason: 'has left us' },
    'enable-person': { id: owner.id, reason: 'is back' },
    'revoke-person-access': { id: owner.id, reason: 'lost a laptop' },
    'assign-role': { personId: owner.id, role: 'grc', reason: 'reads along' },
    'withdraw-role': { personId: owner.id, role: 'it', reason: 'no longer' },
    'propose-group-mapping': { groupId: rights.groupId, role: 'grc', reason: 'they audit' },
    'approve-group-mapping': { id: rights.mappingId, reason: 'fine' },
    'reject-group-mapping': { id: rights.mappingId, reason: 'not fine' },
    'remove-group-mapping': { id: rights.mappingId, reason: 'not any more' },
    'open-emergency-access': { reason: 'everything is on fire', minutes: 15 },
    'end-emergency-access': { id: rights.emergencyId },
    'make-setup-code': { keepValid: false },
    'claim-ownership': { code: 'a-code', claimant: { personId: owner.id } },
    'grant-delegation': {
      personId: owner.id,
      agentId: agentIds.coder,
      purpose: 'to help',
      days: 1,
    },
    'withdraw-delegation': { id: rights.delegationId, reason: 'done with it' },
    'revoke-delegation': { id: rights.delegationId, reason: 'too much' },
    'acknowledge-alarm': { id: rights.alarmId, note: 'looked at it' },
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
      audiences: ['https://gate.test'],
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
      'add-person',
      'apply-signal',
      'bind-agent',
      'block-caller',
      'change-agent',
      'change-issuer',
      'change-scim-agent',
      'change-scim-group',
      'change-scim-user',
      'change-team',
      'claim-ownership',
      'classify-tool',
      'create-scim-group',
      'cut-agent-tokens',
      'delete-scim-agent',
      'delete-scim-group',
      'delete-scim-user',
      'disable-person',
      'enable-person',
      'end-grant',
      'enforce-agent-limits',
      'grant-delegation',
      'keep-signing-keys',
      'lift-stop',
      'link-identity',
      'pin-tools',
      'press-stop',
      'publish-policy',
      'reassign-agent',
      'register-caller',
      'retire-agent',
      'retire-issuer',
      'revoke-access-token',
      'revoke-delegation',
      'revoke-person-access',
      'rotate-signing-key',
      'seed-policy',
      'suspend-agent',
      'trust-issuer',
      'unbind-agent',
      'unblock-caller',
      'withdraw-delegation',
    ]);
  });
});
