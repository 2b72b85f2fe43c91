import type { Database } from '#libs/platform/db';
import { newId, type Actor, type Role } from '#libs/platform/kernel';

/** A person who may act. */
export type PersonActor = Extract<Actor, { kind: 'person' }>;

/** A definition digest of the form that a pinned tool has. */
export const TEST_DIGEST = 'a'.repeat(64);

/**
 * Adds rows to a suite's database as the system would have made them. Each method answers the id; `over`
 * replaces single columns. An owner and a team are made when nobody names one.
 */
export interface TestOrganisation {
  /** Somebody with these roles, and the `coolingOffRoles`, which somebody gave them a moment ago. */
  addPerson(roles?: readonly Role[], over?: TestPerson): Promise<PersonActor>;
  addTeam(over?: object): Promise<string>;
  addIssuer(over?: object): Promise<string>;
  /** An active agent. */
  addAgent(over?: object): Promise<string>;
  /** Binds an agent to a subject of an issuer. */
  addBinding(of: { agentId: string; issuerId: string; subject: string }): Promise<string>;
  /** A ready MCP server that nobody can reach. */
  addToolServer(over?: object): Promise<string>;
  addTool(of: { serverId: string; name: string }, over?: object): Promise<string>;
  /** A group with these members, and the role that it gives, if any. */
  addGroup(of?: {
    members?: string[];
    role?: Role;
    at?: Date;
  }): Promise<{ id: string; mappingId: string }>;
}

/** What is particular to a person. */
export type TestPerson = Partial<
  Pick<PersonActor, 'name' | 'teamIds' | 'coolingOffRoles'> & {
    email: string;
    createdAt: Date;
  }
>;

/** Makes the one builder of test organisations, on a suite's database. */
export const createTestOrganisation = (db: Database): TestOrganisation => {
  let owned: Promise<{ ownerId: string; teamId: string }> | undefined;
  const owner = () => (owned ??= makeOwner(db));
  return {
    addPerson: (roles = [], over = {}) => addPerson(db, roles, over),
    addTeam: (over = {}) => addTeam(db, over),
    addIssuer: (over = {}) => addIssuer(db, over),
    addAgent: async (over = {}) => addAgent(db, { ...(await owner()), ...over }),
    addBinding: async (of) => {
      const id = newId();
      await db.binding.create({ data: { id, kind: 'subject', createdAt: new Date(), ...of } });
      return id;
    },
    addToolServer: async (over = {}) => addToolServer(db, { ...(await owner()), ...over }),
    addTool: (of, over = {}) => addTool(db, of, over),
    addGroup: (of = {}) => addGroup(db, of),
  };
};

const makeOwner = async (db: Database) => ({
  ownerId: (await addPerson(db, [], {})).id,
  teamId: await addTeam(db, {}),
});

const addPerson = async (
  db: Database,
  roles: readonly Role[],
  { name, email, createdAt = new Date(), ...over }: TestPerson,
): Promise<PersonActor> => {
  const id = newId();
  const { coolingOffRoles = [], teamIds = [] } = over;
  const held = [...new Set([...roles, ...coolingOffRoles])];
  const isNew = (role: Role) => coolingOffRoles.includes(role);
  const person = { id, name: name ?? `person ${id.slice(-6)}`, roles: held, teamIds: [], ...over };
  await db.person.create({
    data: {
      id,
      name: person.name,
      email: email ?? `${id}@example.test`,
      createdAt,
      teams: { create: teamIds.map((teamId) => ({ teamId })) },
    },
  });
  await db.personRole.createMany({
    data: held.map((role) => {
      return { personId: id, role, assignedById: isNew(role) ? id : null, assignedAt: createdAt };
    }),
  });
  return { kind: 'person', ...person };
};

const addTeam = async (db: Database, over: object): Promise<string> => {
  const id = newId();
  await db.team.create({ data: { id, name: `team ${id.slice(-6)}`, ...over } });
  return id;
};

const addIssuer = async (db: Database, over: object): Promise<string> => {
  const id = newId();
  await db.issuer.create({
    data: {
      id,
      url: `https://${id}.idp.test`,
      name: 'IdP',
      audiences: ['https://gate.test'],
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
      createdAt: new Date(),
      ...over,
    },
  });
  return id;
};

interface Owned {
  ownerId: string;
  teamId: string;
}

const addAgent = async (db: Database, over: Owned): Promise<string> => {
  const [id, now] = [newId(), new Date()];
  await db.agent.create({
    data: {
      id,
      name: `agent-${id.slice(-6)}`,
      purpose: 'to test',
      state: 'active',
      riskTier: 'low',
      tags: [],
      createdAt: now,
      updatedAt: now,
      ...over,
    },
  });
  return id;
};

const addToolServer = async (db: Database, over: Owned): Promise<string> => {
  const [id, now] = [newId(), new Date()];
  await db.toolServer.create({
    data: {
      id,
      slug: `server-${id.slice(-6)}`,
      name: 'A server',
      kind: 'mcp',
      url: 'http://127.0.0.1:1/',
      state: 'ready',
      createdAt: now,
      updatedAt: now,
      ...over,
    },
  });
  return id;
};

const addTool = async (
  db: Database,
  of: { serverId: string; name: string },
  over: object,
): Promise<string> => {
  const id = newId();
  await db.tool.create({
    data: {
      id,
      ...of,
      annotations: {},
      classification: 'read',
      inputSchema: { type: 'object' },
      definitionDigest: TEST_DIGEST,
      pinnedAt: new Date(),
      ...over,
    },
  });
  return id;
};

const addGroup = async (
  db: Database,
  { members = [], role, at = new Date() }: { members?: string[]; role?: Role; at?: Date },
) => {
  const [id, mappingId] = [newId(), newId()];
  const displayName = `Group ${id.slice(-6)}`;
  await db.group.create({
    data: {
      id,
      displayName,
      displayNameFolded: displayName.toLowerCase(),
      createdAt: at,
      updatedAt: at,
      members: { create: members.map((personId) => ({ personId, addedAt: at })) },
    },
  });
  if (role !== undefined) {
    const proposed = { proposedById: newId(), decidedAt: at };
    await db.groupMapping.create({
      data: { id: mappingId, groupId: id, role, state: 'active', ...proposed },
    });
  }
  return { id, mappingId };
};
