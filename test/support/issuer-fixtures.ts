import type { Database } from '#libs/platform/db';
import { newId, SCIM_SCOPES, type Actor } from '#libs/platform/kernel';

/** An issuer, a binding to it, an unregistered agent of it, and a kill switch. */
export const addUnregisteredAgents = async (db: Database, agentId: string, toolId: string) => {
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
  const [bindingId, unregisteredAgentId, killSwitchId] = [newId(), newId(), newId()];
  await db.binding.create({
    data: {
      id: bindingId,
      agentId: agentId,
      kind: 'subject',
      issuerId,
      subject: 'bound',
      createdAt: new Date(),
    },
  });
  await db.unregisteredAgent.create({
    data: {
      id: unregisteredAgentId,
      issuerId,
      subject: 'unregistered',
      clientId: 'unregistered',
      firstSeenAt: new Date(),
      lastSeenAt: new Date(),
      attempts: 1,
      lastSource: '127.0.0.1',
    },
  });
  await db.killSwitch.create({
    data: {
      id: killSwitchId,
      scope: 'tool',
      targetId: toolId,
      reason: 'test',
      activatedAt: new Date(),
    },
  });
  return { issuerId, bindingId, unregisteredAgentId, killSwitchId };
};

/** A stream of signals from an issuer. */
export const addStream = async (db: Database, issuerId: string) => {
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
  return streamId;
};

/** A provisioning client with a token, and a person and an agent whom it provisioned. */
export const addScim = async (
  db: Database,
  of: { issuerId: string; userId: string; agentId: string; makerId: string },
) => {
  const { issuerId, userId, agentId, makerId } = of;
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  const [connectionId, tokenId, inactiveTokenId] = [newId(), newId(), newId()];
  await db.scimConnection.create({
    data: { id: connectionId, name: 'Entra', kind: 'entra', issuerId, createdAt: now },
  });
  const token = {
    connectionId,
    prefix: 'gh_scim_',
    scopes: [...SCIM_SCOPES],
    createdAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  };
  await db.scimToken.create({
    data: { ...token, id: tokenId, tokenHash: Buffer.alloc(32), activatedAt: now },
  });
  await db.scimToken.create({
    data: { ...token, id: inactiveTokenId, tokenHash: Buffer.alloc(32, 1), createdById: makerId },
  });
  const userName = { userName: 'ada', userNameFolded: 'ada', externalId: 'one', attributes: {} };
  await db.scimUser.create({ data: { ...userName, personId: userId, connectionId, ...times } });
  const agent = {
    agentId,
    connectionId,
    resourceType: 'Agent',
    attributes: { agentUserName: 'coder', owners: [{ value: userId }] },
  };
  await db.scimAgent.create({ data: { ...agent, ...times } });
  const client: Actor = {
    kind: 'scim',
    id: connectionId,
    name: 'Entra',
    tokenId,
    scopes: [...SCIM_SCOPES],
  };
  return { connectionId, tokenId, inactiveTokenId, userId, client };
};

/** The group is of that connection and has a member; another one has none, and no mapping. */
export const addMembers = async (
  db: Database,
  id: string,
  connectionId: string,
  personId: string,
) => {
  const now = new Date();
  await db.group.update({ where: { id }, data: { connectionId } });
  await db.groupMember.create({ data: { groupId: id, personId, addedAt: now } });
  const emptyId = newId();
  const name = { displayName: 'Nobody', displayNameFolded: 'nobody' };
  await db.group.create({
    data: { id: emptyId, ...name, connectionId, createdAt: now, updatedAt: now },
  });
  return { id, emptyId };
};
