import { createTestOrganisation } from '#libs/dev/testing';
import type { Database } from '#libs/platform/db';
import { newId, SCIM_SCOPES, type Role } from '#libs/platform/kernel';
import { HONEST } from '../attackers.js';
import { LONG_AGO } from './long-ago.js';

/** A SCIM connection with people and groups, of which two give a role; an empty one; a stream of signals. */
export const addProvisioning = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const times = { createdAt: LONG_AGO, updatedAt: LONG_AGO };
  ids['Entra'] = newId();
  ids['empty connection'] = newId();
  for (const [name, issuer] of [
    ['Entra', 'IdP'],
    ['empty connection', 'unused IdP'],
  ] as const)
    await db.scimConnection.create({
      data: {
        id: ids[name] as string,
        name,
        kind: 'entra',
        issuerId: ids[issuer] as string,
        createdAt: LONG_AGO,
      },
    });
  ids['token'] = newId();
  await db.scimToken.create({
    data: {
      id: ids['token'],
      connectionId: ids['Entra'],
      tokenHash: Buffer.alloc(32),
      prefix: 'gh_scim_',
      scopes: [...SCIM_SCOPES],
      createdById: ids['Ida of IT'] as string,
      createdAt: LONG_AGO,
      activatedAt: LONG_AGO,
      expiresAt: new Date(Date.now() + 90 * 24 * 3_600_000),
    },
  });
  const addUser = async (name: string, externalId: string) => {
    const { id } = await builder.addPerson([], {
      name,
      teamIds: [ids['Finance'] as string],
      createdAt: LONG_AGO,
    });
    ids[name] = id;
    await db.scimUser.create({
      data: {
        personId: id,
        connectionId: ids['Entra'] as string,
        userName: externalId,
        userNameFolded: externalId,
        externalId,
        attributes: {},
        ...times,
      },
    });
  };
  await addUser('Selma of security, not signed in yet', 'oid-selma');
  await addUser('Carl, not signed in yet', 'oid-carl');
  await addUser('Lena of IT, signed in', 'oid-lena');
  await db.personIdentity.create({
    data: {
      issuer: HONEST,
      subject: 'lena',
      personId: ids['Lena of IT, signed in'] as string,
      linkedAt: LONG_AGO,
      linkedBy: 'claim',
    },
  });
  const group = async (name: string, members: string[], role?: Role) => {
    const made = await builder.addGroup({
      members: members.map((member) => ids[member] as string),
      at: LONG_AGO,
      ...(role === undefined ? {} : { role }),
    });
    ids[name] = made.id;
    if (role !== undefined) ids[`mapping of ${name}`] = made.mappingId;
    await db.group.update({
      where: { id: made.id },
      data: {
        connectionId: ids['Entra'] as string,
        displayName: name,
        displayNameFolded: name.toLowerCase(),
      },
    });
  };
  await group('Security group', ['Selma of security, not signed in yet'], 'security');
  await group('IT group', ['Lena of IT, signed in'], 'it');
  await group('Payers', ['Otto of the office']);
  await group('Plain group', ['Carl, not signed in yet']);
  ids['stream'] = newId();
  await db.signalStream.create({
    data: {
      id: ids['stream'],
      issuerId: ids['IdP'] as string,
      audience: 'https://gate.test/signals',
      delivery: 'push',
      enabled: true,
      createdAt: LONG_AGO,
    },
  });
};
