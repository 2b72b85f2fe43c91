import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { createLogger } from '#libs/platform/telemetry';
import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import {
  UnregisteredAgents,
  unregisteredCommands,
  UnregisteredQueries,
  type RecordedAgent,
  type UnregisteredAgentsOptions,
} from './index.js';
import { listUnregisteredAgentsQuerySchema } from './unregistered-agents.schemas.js';

/** For specs: an inbox on an empty database. */
export const createTestInbox = async () => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const writer = new CommandWriter({ url: database.appUrl, writer: 'api', boot: newId() }, [
    ...commandNames(unregisteredCommands),
  ]);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    [],
    new RecordSigner(TEST_MASTER_KEY),
  );
  const queries = new UnregisteredQueries(db);
  const inboxes: UnregisteredAgents[] = [];
  const newInbox = (over: Partial<UnregisteredAgentsOptions> = {}): UnregisteredAgents => {
    const logger = createLogger({ level: 'silent', name: 'spec' });
    const inbox = new UnregisteredAgents({ db, logger, ...over });
    inboxes.push(inbox);
    return inbox;
  };
  const { addPerson, addIssuer } = createTestOrganisation(db);
  const issuerId = await addIssuer();
  const unregisteredAgent = (over: Partial<RecordedAgent> = {}): RecordedAgent => ({
    issuerId,
    subject: newId(),
    clientId: '',
    source: '192.0.2.1',
    method: 'tools/call',
    server: 'shop',
    tool: 'refund',
    ...over,
  });
  /** Notes an agent and answers its row. */
  const knock = async (over: Partial<RecordedAgent> = {}) => {
    const { issuerId: at, subject, clientId, ...asked } = unregisteredAgent(over);
    const inbox = newInbox();
    inbox.note({ issuerId: at, subject, clientId, ...asked });
    await inbox.stop();
    return db.unregisteredAgent.findUniqueOrThrow({
      where: { issuerId_subject_clientId: { issuerId: at, subject, clientId } },
    });
  };
  const list = (query: object = {}) => queries.list(listUnregisteredAgentsQuerySchema.parse(query));
  const close = async () => {
    for (const inbox of inboxes) await inbox.stop();
    await writer.stop();
    await db.$disconnect();
    await database.drop();
  };
  return {
    database,
    db,
    runtime,
    queries,
    issuerId,
    newInbox,
    addPerson,
    addIssuer,
    unregisteredAgent,
    knock,
    list,
    close,
  };
};

/** For specs: what {@link createTestInbox} makes. */
export type TestInbox = Awaited<ReturnType<typeof createTestInbox>>;

/** For specs: `it` with an inbox that is made once for the file. */
export const itWithInbox = itWith(createTestInbox);
