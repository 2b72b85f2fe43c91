import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime, type OnAccessEnded } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, type Role } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { CommandWriter } from '#libs/engine/ledger';
import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import { peopleCommands } from './people.commands.js';

/** For specs: what commands about people run on, with somebody from IT and from security. */
export const createTestPeople = async (onAccessEnded: readonly OnAccessEnded[] = []) => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(peopleCommands)]);
  const runtime = new CommandRuntime(
    db,
    writer,
    { now: () => new Date() },
    onAccessEnded,
    new RecordSigner(TEST_MASTER_KEY),
    24,
    new SecretBox(TEST_MASTER_KEY),
  );
  const organisation = createTestOrganisation(db);
  const addPerson = (roles: Role[] = [], coolingOffRoles: Role[] = []) =>
    organisation.addPerson(roles, { name: 'Pat', coolingOffRoles });
  const teamId = await organisation.addTeam({ name: 'support' });
  const itPerson = await addPerson(['it']);
  await addPerson(['security']);
  const close = async () => {
    await writer.stop();
    await db.$disconnect();
    await database.drop();
  };
  return { db, runtime, teamId, itPerson, addPerson, close };
};

/** For specs: what {@link createTestPeople} made. */
export type TestPeople = Awaited<ReturnType<typeof createTestPeople>>;

/** For specs: the facts of the last entry of a type. */
export const factsOf = async (db: Database, type: string) => {
  const { data } = await db.ledgerEntry.findFirstOrThrow({
    where: { type },
    orderBy: { id: 'desc' },
  });
  return (data as { facts: Record<string, unknown> }).facts;
};

/** For specs: `it` with people that are made once for the file. */
export const itWithPeople = itWith(() => createTestPeople());
