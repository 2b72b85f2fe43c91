import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { peopleCommands } from '#libs/directory/people';
import { createTestDatabase } from '#libs/dev/testing';
import { onAccessEnded } from './access-ended.js';
import { roleCommands } from './roles.commands.js';

/** For specs: a person who may act, and how they would come to a command. */
export type PersonActor = Extract<Actor, { kind: 'person' }>;

/** For specs: an installation without anybody, with a clock to set. */
export interface Installation {
  db: Database;
  runtime: CommandRuntime;
  /** Lets this much time pass. */
  pass(ms: number): void;
  now(): Date;
  /** Somebody with these roles assigned; `coolingOffRoles` as a request of theirs would carry them. */
  person(roles?: Role[], coolingOffRoles?: Role[]): Promise<PersonActor>;
  /** A group with these members, and the role that it gives, if any. */
  group(options?: { members?: string[]; role?: Role }): Promise<{ id: string; mappingId: string }>;
  /** The outcome and facts of the newest entry of this type. */
  entry(type: string): Promise<{ actorKind: string; actorId: string; data: unknown }>;
  close(): Promise<void>;
}

/** For specs: makes it on a database of its own. */
export const openInstallation = async (): Promise<Installation> => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames([...roleCommands, ...peopleCommands])]);
  let passedMs = 0;
  const now = () => new Date(Date.now() + passedMs);
  const runtime = new CommandRuntime(db, writer, { now }, [onAccessEnded]);
  return {
    db,
    runtime,
    now,
    pass: (ms) => void (passedMs += ms),
    person: async (roles = [], coolingOffRoles = []) => {
      const id = newId();
      const name = `person ${id.slice(-6)}`;
      await db.person.create({
        data: {
          id,
          name,
          email: `${id}@example.test`,
          createdAt: now(),
          roles: { create: roles.map((role) => ({ role })) },
        },
      });
      return { kind: 'person', id, name, roles, teamIds: [], coolingOffRoles };
    },
    group: (options = {}) => addGroup(db, now(), options),
    entry: (type) => db.ledgerEntry.findFirstOrThrow({ where: { type }, orderBy: { id: 'desc' } }),
    close: async () => {
      await writer.stop();
      await db.$disconnect();
      await database.drop();
    },
  };
};

const addGroup = async (
  db: Database,
  now: Date,
  { members = [], role }: { members?: string[]; role?: Role },
) => {
  const [id, mappingId] = [newId(), newId()];
  const displayName = `Group ${id.slice(-6)}`;
  const displayNameFolded = displayName.toLowerCase();
  await db.group.create({
    data: {
      id,
      displayName,
      displayNameFolded,
      createdAt: now,
      updatedAt: now,
      members: { create: members.map((personId) => ({ personId, addedAt: now })) },
    },
  });
  if (role !== undefined) {
    await db.groupMapping.create({
      data: {
        id: mappingId,
        groupId: id,
        role,
        state: 'active',
        proposedById: newId(),
        proposedAt: now,
        decidedAt: now,
      },
    });
  }
  return { id, mappingId };
};
