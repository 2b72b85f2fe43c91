import { RecordSigner } from '#libs/engine/record-signatures';
import {
  ChangeProposedError,
  commandNames,
  CommandRuntime,
  type AnyCommand,
} from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { SecretBox } from '#libs/platform/secrets';
import { peopleCommands } from '#libs/directory/people';
import {
  createTestDatabase,
  createTestOrganisation,
  emptyTestDatabase,
  itWith,
  type PersonActor,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import { onAccessEnded } from './access-ended.js';
import { roleCommands } from './roles.commands.js';

/** For specs: an installation without anybody, with a clock to set. */
export interface TestInstallation {
  db: Database;
  runtime: CommandRuntime;
  /** Nobody is there any more, and it is now. */
  empty(): Promise<void>;
  /** Lets this much time pass. */
  pass(ms: number): void;
  now(): Date;
  /** Somebody with these roles, and with `coolingOffRoles`, which they were given a moment ago. */
  person(roles?: Role[], coolingOffRoles?: Role[]): Promise<PersonActor>;
  /** A group with these members, and the role that it gives, if any. */
  group(options?: { members?: string[]; role?: Role }): Promise<{ id: string; mappingId: string }>;
  /** Does what may need a second person, with the agreement of somebody from security. */
  agreed(command: AnyCommand, by: Actor, input: unknown): Promise<void>;
  /** The outcome and facts of the newest entry of this type. */
  entry(type: string): Promise<{ actorKind: string; actorId: string; data: unknown }>;
  close(): Promise<void>;
}

/** For specs: makes it on a database of its own. */
export const createTestInstallation = async (): Promise<TestInstallation> => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames([...roleCommands, ...peopleCommands])]);
  let passedMs = 0;
  const now = () => new Date(Date.now() + passedMs);
  const runtime = new CommandRuntime(
    db,
    writer,
    { now },
    [onAccessEnded],
    new RecordSigner(TEST_MASTER_KEY),
    24,
    new SecretBox(TEST_MASTER_KEY),
  );
  const organisation = createTestOrganisation(db);
  const person: TestInstallation['person'] = (roles = [], coolingOffRoles = []) =>
    organisation.addPerson(roles, { coolingOffRoles, createdAt: now() });
  return {
    db,
    runtime,
    now,
    person,
    agreed: async (command, by, input) => {
      try {
        await command.execute(by, input);
      } catch (error) {
        if (!(error instanceof ChangeProposedError)) throw error;
        const { id } = error.proposedChange;
        await command.confirm(await person(['security']), { id, subjectId: '', note: 'agreed' });
      }
    },
    empty: async () => {
      passedMs = 0;
      await emptyTestDatabase(database);
    },
    pass: (ms) => void (passedMs += ms),
    group: (options = {}) => organisation.addGroup({ at: now(), ...options }),
    entry: (type) => db.ledgerEntry.findFirstOrThrow({ where: { type }, orderBy: { id: 'desc' } }),
    close: async () => {
      await writer.stop();
      await db.$disconnect();
      await database.drop();
    },
  };
};

/** For specs: `it` with an installation that is made once for the file; a test empties it. */
export const itWithInstallation = itWith(createTestInstallation);
