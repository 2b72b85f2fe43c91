import { newId } from '#libs/platform/kernel';
import type { TestPeople } from '../../libs/directory/people/people.fixture.js';

/** For specs: everything that lets anybody act as this person, or wait for them. */
export const addPersonReferences = async (
  { db, itPerson, teamId }: TestPeople,
  personId: string,
) => {
  const now = new Date();
  const later = new Date(now.getTime() + 3_600_000);
  const [agentId, serverId, toolId, versionId] = [newId(), newId(), newId(), newId()];
  const common = { teamId, createdAt: now, updatedAt: now };
  await db.agent.create({
    data: {
      ...common,
      id: agentId,
      name: `agent-${agentId}`,
      purpose: 'p',
      state: 'active',
      riskTier: 'low',
      tags: [],
      ownerId: personId,
    },
  });
  await db.toolServer.create({
    data: {
      ...common,
      id: serverId,
      slug: serverId.slice(-12),
      name: 's',
      kind: 'mcp',
      url: 'http://127.0.0.1/',
      state: 'ready',
      ownerId: itPerson.id,
    },
  });
  await db.tool.create({
    data: {
      id: toolId,
      serverId,
      name: 't',
      inputSchema: {},
      annotations: {},
      classification: 'read',
      definitionDigest: 'd',
      pinnedAt: now,
    },
  });
  await db.policy.create({
    data: {
      id: newId(),
      kind: 'access_grant',
      name: `grant ${versionId}`,
      description: 'd',
      createdAt: now,
      versions: {
        create: {
          id: versionId,
          number: 1,
          text: 'rules: []',
          bindings: [],
          note: 'n',
          proposedAt: now,
          state: 'in_review',
        },
      },
    },
  });
  const asked = { agentId, toolId, justification: 'w', durationHours: 1, requestedAt: now };
  await db.accessRequest.createMany({
    data: [
      { ...asked, id: newId(), state: 'open', requestedById: personId },
      { ...asked, id: newId(), state: 'drafted', requestedById: personId, versionId },
      { ...asked, id: newId(), state: 'rejected', requestedById: personId },
      { ...asked, id: newId(), state: 'open', requestedById: itPerson.id },
    ],
  });
  const granted = { agentId, purpose: 'p', createdAt: now };
  await db.delegation.createMany({
    data: [
      { ...granted, id: newId(), personId, expiresAt: later },
      { ...granted, id: newId(), personId, expiresAt: now },
      { ...granted, id: newId(), personId: itPerson.id, expiresAt: later },
    ],
  });
  const session = { expire: later, sess: { personId } };
  await db.consoleSession.createMany({
    data: [
      { ...session, sid: newId() },
      { ...session, sid: newId() },
      { ...session, sid: newId(), sess: { personId: itPerson.id } },
    ],
  });
  return { agentId, versionId };
};
