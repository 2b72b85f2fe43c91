import type { AnyCommand } from '#libs/engine/commands';
import type { Database } from '#libs/platform/db';
import { newId, ROLES, systemActor, type Actor } from '#libs/platform/kernel';
import { setupCodeHash } from '../../libs/directory/roles/setup/setup-code.js';
import type { TestPolicyOrganisation } from '../../libs/governance/policies/policies.fixture.js';
import { addMembers, addScim, addStream, addUnregisteredAgents } from './issuer-fixtures.js';

const TEXT = 'rules: []\n';
const GRANT =
  'rules: [{ name: g, effect: allow, agents: { all: true }, tools: { all: true }, when: { always: true }, expiresAt: 2020-01-01T00:00:00Z, reason: g }]';

/** Something for every command to work on, in an organisation that has agents and tools. */
export const createCommandFixtures = async (
  organisation: TestPolicyOrganisation,
  make: (name: string) => AnyCommand,
) => {
  const { agentIds, toolIds, db } = organisation;
  const owner = await organisation.addPerson(['it', 'security']);
  // Holds every role, proposed nothing and owns nothing: a permitted second person for everything.
  const actor = await organisation.addPerson([...ROLES], [organisation.teamId]);
  const identity = { issuer: 'https://sign-in.test', subject: 'owner', personId: owner.id };
  await db.personIdentity.create({
    data: { ...identity, linkedAt: new Date(), linkedBy: 'added' },
  });
  const guest = await organisation.addPerson([]);
  await db.personTeam.create({ data: { personId: guest.id, teamId: organisation.teamId } });
  await db.toolServer.update({ where: { id: organisation.serverId }, data: { ownerId: actor.id } });
  const callers = await addUnregisteredAgents(db, agentIds.coder, toolIds.read);
  const inEmergency = await organisation.addPerson(['emergency']);
  const rights = {
    ...(await addRights(db, owner.id, agentIds.coder)),
    emergencyChange: await addEmergencyChange(db, inEmergency.id, agentIds.helper),
  };
  const access = await addAccess(db, owner.id, agentIds.coder, toolIds.refund);
  const scim = await addScim(db, {
    issuerId: callers.issuerId,
    userId: guest.id,
    agentId: agentIds.coder,
    makerId: actor.id,
  });
  const group = await addMembers(db, rights.groupId, scim.connectionId, guest.id);
  await addSetupCode(db);
  const policy = await addProposal(make, db, owner);
  const streamId = await addStream(db, callers.issuerId);
  const proposedChangeId = await addProposedChange(db, owner.id, callers.issuerId);
  return {
    ...callers,
    owner,
    actor,
    guest,
    rights,
    access,
    scim,
    group,
    ...policy,
    streamId,
    proposedChangeId,
  };
};

/** Ids of what {@link createCommandFixtures} added. */
export type CommandFixtures = Awaited<ReturnType<typeof createCommandFixtures>>;

/** A policy in force, and what would replace it. */
const addProposal = async (make: (name: string) => AnyCommand, db: Database, owner: Actor) => {
  const seeded = await make('seed-policy').execute(systemActor('spec'), {
    name: 'main',
    text: TEXT,
  });
  const { policyId } = await db.policyVersion.findUniqueOrThrow({
    where: { id: (seeded as { id: string }).id },
  });
  const proposal = { policyId, basedOnId: (seeded as { id: string }).id, text: TEXT, note: 'new' };
  const proposed = (await make('propose-policy').execute(owner, proposal)) as { id: string };
  return { proposal, proposed };
};

const addProposedChange = async (db: Database, proposedById: string, subjectId: string) => {
  const id = newId();
  const now = new Date();
  const about = { subjectKind: 'issuer', subjectId, subjectName: 'IdP' };
  await db.proposedChange.create({
    data: {
      id,
      command: 'change-issuer',
      ...about,
      explanation: 'spec',
      confirmerRoles: ['it', 'security'],
      sealedContent: '',
      state: 'open',
      proposedById,
      proposedAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    },
  });
  return id;
};

/** A person's group, mapping, emergency access, delegation and an alert. */
const addRights = async (db: Database, personId: string, agentId: string) => {
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  const [groupId, mappingId, emergencyId] = [newId(), newId(), newId()];
  const [delegationId, alertId] = [newId(), newId()];
  const name = { displayName: 'Auditors', displayNameFolded: 'auditors' };
  await db.group.create({ data: { id: groupId, ...name, createdAt: now, updatedAt: now } });
  await db.groupMapping.create({
    data: {
      id: mappingId,
      groupId,
      role: 'it',
      state: 'active',
      proposedById: personId,
      decidedAt: now,
    },
  });
  await db.emergencyAccess.create({
    data: { id: emergencyId, personId, reason: 'on fire', startedAt: now, expiresAt: later },
  });
  await db.delegation.create({
    data: { id: delegationId, personId, agentId, purpose: 'p', createdAt: now, expiresAt: later },
  });
  const alert = { kind: 'setup_code_used', subjectKind: 'person', subjectId: personId };
  await db.alert.create({ data: { id: alertId, ...alert, message: 'm', raisedAt: now } });
  return { groupId, mappingId, emergencyId, delegationId, alertId };
};

/** Something that somebody did in an emergency that is still open. */
const addEmergencyChange = async (db: Database, personId: string, agentId: string) => {
  const now = new Date();
  const [id, changeId] = [newId(), newId()];
  const expiresAt = new Date(now.getTime() + 3_600_000);
  await db.emergencyAccess.create({
    data: { id, personId, reason: 'on fire, too', startedAt: now, expiresAt },
  });
  const about = { subjectKind: 'agent', subjectId: agentId, subjectName: 'helper' };
  const did = { command: 'activate-agent', entryId: newId(), facts: {}, madeAt: now };
  await db.emergencyChange.create({ data: { id: changeId, emergencyId: id, ...about, ...did } });
  return { id, changeId };
};

/** For {@link addSetupCode}. */
export const SETUP_CODE = 'ABCD-EFGH';

const addSetupCode = async (db: Database) => {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 3_600_000);
  await db.setupCode.create({
    data: { id: 1, codeHash: setupCodeHash(SETUP_CODE), createdAt: now, expiresAt },
  });
};

/** A request for access that is open, and an access grant whose time is over. */
const addAccess = async (db: Database, requestedById: string, agentId: string, toolId: string) => {
  const now = new Date();
  const [requestId, policyId, grantId] = [newId(), newId(), newId()];
  const request = {
    justification: 'needed',
    durationHours: 1,
    state: 'open' as const,
    requestedAt: now,
  };
  await db.accessRequest.create({
    data: { id: requestId, agentId, toolId, requestedById, ...request },
  });
  await db.policy.create({
    data: { id: policyId, kind: 'access_grant', name: 'grant-x', description: '', createdAt: now },
  });
  const version = { number: 1, note: 'granted', proposedAt: now, state: 'active' as const };
  await db.policyVersion.create({
    data: { id: grantId, policyId, text: GRANT, bindings: [], ...version },
  });
  return { requestId, grantId };
};
