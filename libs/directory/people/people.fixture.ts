import { commandNames, CommandRuntime, type OnAccessEnded } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { peopleCommands } from './people.commands.js';

/** For specs: a person who may act. */
export type PersonActor = Extract<Actor, { kind: 'person' }>;

/** For specs: what commands about people run on, with somebody from IT and from security. */
export const openPeople = async (appUrl: string, onAccessEnded: readonly OnAccessEnded[] = []) => {
  const db = new Database(appUrl);
  const link = { url: appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(peopleCommands)]);
  const runtime = new CommandRuntime(db, writer, { now: () => new Date() }, onAccessEnded);
  const teamId = newId();
  await db.team.create({ data: { id: teamId, name: 'support' } });
  const itPerson = await addPerson(db, ['it']);
  await addPerson(db, ['security']);
  const close = async () => {
    await writer.stop();
    await db.$disconnect();
  };
  return { db, runtime, teamId, itPerson, close };
};

/** For specs: what {@link openPeople} opened. */
export type People = Awaited<ReturnType<typeof openPeople>>;

/** For specs: somebody with these roles. */
export const addPerson = async (db: Database, roles: Role[] = []): Promise<PersonActor> => {
  const id = newId();
  await db.person.create({
    data: {
      id,
      name: 'Pat',
      email: `${id}@example.test`,
      createdAt: new Date(),
      roles: { create: roles.map((role) => ({ role })) },
    },
  });
  return { kind: 'person', id, name: 'Pat', roles, teamIds: [] };
};

/** For specs: the facts of the last entry of a type. */
export const factsOf = async (db: Database, type: string) => {
  const { data } = await db.ledgerEntry.findFirstOrThrow({
    where: { type },
    orderBy: { id: 'desc' },
  });
  return (data as { facts: Record<string, unknown> }).facts;
};
