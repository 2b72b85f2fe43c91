import { createTestDatabase, createTestOrganisation, TEST_MASTER_KEY } from '#libs/dev/testing';
import { signRecords, RecordSigner } from '#libs/engine/record-signatures';
import { Database, type Tx } from '#libs/platform/db';
import { newId, SCIM_SCOPES, type Role } from '#libs/platform/kernel';
import { ATTACKER, HONEST, KEYS, OLD_IDP, SIGN_IN_ISSUER } from './attackers.js';
import { addPolicies } from './policies.js';

/** Targets that are worth something, by a word for each; the words are what findings are told in. */
export type Targets = Readonly<Record<string, string>>;

/** An organisation with something to steal of every kind, and nobody of it is an attacker. */
export const createMatrixOrganisation = async () => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const ids: Record<string, string> = {};
  const people = await addPeople(db, ids);
  await addIssuers(db, ids);
  await addRegistry(db, ids);
  await addAgents(db, ids);
  await addProvisioning(db, ids, people.builder);
  await addStops(db, ids);
  await addPolicies(db, ids);
  const decision = { actor: { kind: 'system', id: 'spec' }, entryId: null, now: new Date() };
  await signRecords(db, new RecordSigner(TEST_MASTER_KEY), decision, () => true);
  await tamper(db, ids);
  const close = async () => {
    await db.$disconnect();
    await database.drop();
  };
  return { database, db, ids: ids as Targets, close };
};

export type MatrixOrganisation = Awaited<ReturnType<typeof createMatrixOrganisation>>;

const LONG_AGO = new Date(Date.now() - 90 * 24 * 3_600_000);

const addPeople = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  ids['Engineering'] = await builder.addTeam({ name: 'Engineering', orphanRule: 'flag' });
  ids['Finance'] = await builder.addTeam({ name: 'Finance' });
  const add = async (name: string, roles: Role[], team: string, subject: string | null) => {
    const person = await builder.addPerson(roles, {
      name,
      teamIds: [ids[team] as string],
      createdAt: LONG_AGO,
    });
    ids[name] = person.id;
    if (subject === null) return;
    const linked = { linkedAt: LONG_AGO, linkedBy: 'added' } as const;
    await db.personIdentity.create({
      data: { issuer: SIGN_IN_ISSUER, subject, personId: person.id, ...linked },
    });
  };
  await add('Ida of IT', ['it'], 'Engineering', 'ida');
  await add('Ivo of IT', ['it'], 'Engineering', 'ivo');
  await add('Sara of security', ['security'], 'Engineering', 'sara');
  await add('Sven of security', ['security'], 'Engineering', 'sven');
  await add('Greta of GRC', ['grc'], 'Finance', 'greta');
  await add('Dora, developer', ['developer'], 'Finance', 'dora');
  await add('Otto of the office', ['office'], 'Finance', 'otto');
  await add('Emil for emergencies', ['emergency'], 'Engineering', 'emil');
  // Whom people kept out, with what they would have again.
  await add('Dan, disabled, of security', ['security'], 'Engineering', 'dan');
  await db.person.update({
    where: { id: ids['Dan, disabled, of security'] as string },
    data: { disabledAt: LONG_AGO },
  });
  return { builder };
};

const addIssuers = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const settings = { profile: 'jwt', createdAt: LONG_AGO };
  ids['IdP'] = await builder.addIssuer({
    ...settings,
    url: HONEST,
    name: 'IdP',
    requiredClaims: { tid: 'company' },
  });
  // Retired because its keys are in other hands.
  ids['old IdP'] = await builder.addIssuer({
    ...settings,
    url: OLD_IDP,
    name: 'Old IdP',
    retiredAt: LONG_AGO,
  });
  // Trusted, and nobody shows who they are by it yet.
  ids['unused IdP'] = await builder.addIssuer({
    ...settings,
    url: 'https://unused.test',
    name: 'Unused IdP',
  });
  const signIn = { clientId: 'console', sealedClientSecret: '', createdAt: LONG_AGO } as const;
  await db.signInProvider.create({
    data: {
      ...signIn,
      issuerId: ids['IdP'],
      label: 'Work',
      linkClaim: 'oid',
      linkAttribute: 'external_id',
      enabled: true,
      updatedAt: LONG_AGO,
    },
  });
  await db.signInProvider.create({
    data: {
      ...signIn,
      issuerId: ids['old IdP'],
      label: 'Old',
      enabled: true,
      updatedAt: LONG_AGO,
    },
  });
  const linked = { linkedAt: LONG_AGO, linkedBy: 'added' } as const;
  for (const [issuer, subject, name] of [
    [OLD_IDP, 'ivo', 'Ivo of IT'],
    [HONEST, 'sven', 'Sven of security'],
    [HONEST, 'otto', 'Otto of the office'],
  ] as const)
    await db.personIdentity.create({
      data: { issuer, subject, personId: ids[name] as string, ...linked },
    });
};

const addRegistry = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const servers = [
    ['wiki', 'Ida of IT', 'Engineering', { search: 'read', erase: 'destructive' }],
    ['bank', 'Otto of the office', 'Finance', { balance: 'read', pay: 'write' }],
    ['vault', 'Sara of security', 'Engineering', { open: 'destructive', list: 'write' }],
  ] as const;
  for (const [slug, owner, team, tools] of servers) {
    const owned = { ownerId: ids[owner] as string, teamId: ids[team] as string };
    const url = `https://${slug}.test/mcp`;
    const serverId = await builder.addToolServer({ ...owned, slug, name: slug, url });
    ids[slug] = serverId;
    for (const [name, classification] of Object.entries(tools))
      ids[`${slug}/${name}`] = await builder.addTool(
        { serverId, name },
        { classification, classifiedAt: LONG_AGO },
      );
  }
  // Registered, and no tool of it is pinned yet.
  ids['fresh server'] = await builder.addToolServer({
    ownerId: ids['Ivo of IT'] as string,
    teamId: ids['Finance'] as string,
    slug: 'fresh',
    name: 'fresh',
    url: 'https://fresh.test/mcp',
    state: 'discovering',
  });
};

const addAgents = async (db: Database, ids: Record<string, string>) => {
  const builder = createTestOrganisation(db);
  const add = async (name: string, owner: string, team: string, over: object = {}) => {
    const owned = { ownerId: ids[owner] as string, teamId: ids[team] as string };
    ids[name] = await builder.addAgent({ ...owned, name, ...over });
  };
  const bind = (name: string, kind: 'subject' | 'client', subject: string) =>
    db.binding.create({
      data: {
        id: newId(),
        agentId: ids[name] as string,
        kind,
        issuerId: ids['IdP'] as string,
        subject,
        createdAt: LONG_AGO,
      },
    });
  await add('payer', 'Otto of the office', 'Finance', { tags: ['payments'] });
  await bind('payer', 'subject', 'payer-service');
  await add('desktop', 'Ida of IT', 'Engineering', { riskTier: 'medium' });
  await bind('desktop', 'client', 'desktop-app');
  // It may call, and nothing speaks for it.
  await add('unbound', 'Dora, developer', 'Finance', { tags: ['payments'] });
  await add('draft', 'Dora, developer', 'Finance', { state: 'draft', tags: ['payments'] });
  await add('stopped', 'Dora, developer', 'Finance', {
    state: 'suspended',
    stoppedBySecurity: true,
  });
  await add('tampered', 'Dora, developer', 'Finance');
  await addKey(db, ids['stopped'] as string, 'second');
};

/** Binds an agent to a key that attackers have. */
export const addKey = async (db: Tx, agentId: string, key: keyof typeof KEYS): Promise<string> => {
  const { thumbprint, jwk } = KEYS[key];
  const id = newId();
  await db.binding.create({
    data: {
      id,
      agentId,
      kind: 'key',
      issuerId: null,
      subject: thumbprint,
      publicKey: jwk,
      createdAt: LONG_AGO,
    },
  });
  return id;
};

const addProvisioning = async (
  db: Database,
  ids: Record<string, string>,
  builder: ReturnType<typeof createTestOrganisation>,
) => {
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

const addStops = async (db: Database, ids: Record<string, string>) => {
  const stop = { activatedAt: LONG_AGO, reason: 'odd answers', stoppedBySecurity: true } as const;
  ids['kill switch of security'] = newId();
  await db.killSwitch.create({
    data: {
      id: ids['kill switch of security'],
      scope: 'tool',
      targetId: ids['wiki/erase'] as string,
      ...stop,
    },
  });
  const seen = { firstSeenAt: LONG_AGO, lastSeenAt: LONG_AGO, attempts: 1, lastSource: '::1' };
  const issuerId = ids['IdP'] as string;
  ids['blocked caller'] = newId();
  ids['unregistered caller'] = newId();
  const blocked = { blockedAt: LONG_AGO, blockedReason: 'unknown', stoppedBySecurity: true };
  await db.unregisteredAgent.create({
    data: {
      id: ids['blocked caller'],
      issuerId,
      subject: ATTACKER.blockedSubject,
      clientId: '',
      ...seen,
      ...blocked,
    },
  });
  await db.unregisteredAgent.create({
    data: {
      id: ids['unregistered caller'],
      issuerId,
      subject: ATTACKER.workload,
      clientId: '',
      ...seen,
    },
  });
};

/** Somebody with the database's password bound an agent to a key of theirs: it is not valid until it is signed. */
const tamper = async (db: Database, ids: Record<string, string>) => {
  await addKey(db, ids['tampered'] as string, 'third');
};
