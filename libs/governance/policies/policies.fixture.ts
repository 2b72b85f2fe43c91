import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Role } from '#libs/platform/kernel';
import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  type PersonActor,
  type TestDatabase,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import { policyCommands } from './policies.commands.js';
import { CommandWriter } from '#libs/engine/ledger';

/** For specs: a small organisation on an empty database, and what commands run on. */
export interface TestPolicyOrganisation {
  database: TestDatabase;
  db: Database;
  runtime: CommandRuntime;
  teamId: string;
  agentIds: Record<'coder' | 'helper', string>;
  toolIds: Record<'read' | 'refund', string>;
  serverId: string;
  readonly addPerson: (roles: Role[], teamIds?: string[]) => Promise<PersonActor>;
  close(): Promise<void>;
}

const rule = (name: string, effect: string, rest: string) => `  - name: ${name}
    effect: ${effect}
${rest}    reason: because of ${name}
`;
/** For specs: a rule's condition. */
export const ALWAYS = '    when: { always: true }\n';
const CODER = '    agents: { names: [coder] }\n';
const SHOP = '    tools: { servers: [shop] }\n';
/** For specs: the coder may use every tool of the shop. */
export const CODER_SHOPS = `# who may shop\nrules:\n${rule('coder-shops', 'allow', CODER + SHOP + ALWAYS)}`;
/** For specs: the coder may refund up to 100. */
export const SMALL_REFUNDS = `rules:\n${rule(
  'small-refunds',
  'allow',
  `${CODER}    tools: { names: [shop/refund] }\n    when: { arguments: { amount: { lte: 100 } } }\n`,
)}`;

const REFUND = {
  type: 'object',
  properties: { amount: { type: 'number' } },
  required: ['amount'],
};

/** For specs: makes the organisation of the application's role. */
export const createTestPolicyOrganisation = async (
  commands: readonly CommandClass[],
): Promise<TestPolicyOrganisation> => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(commands)]);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    [],
    new RecordSigner(TEST_MASTER_KEY),
  );
  const builder = createTestOrganisation(db);
  const teamId = await builder.addTeam({ name: 'engineering' });
  const owned = { ownerId: (await builder.addPerson()).id, teamId };
  const agentIds = {
    coder: await builder.addAgent({ ...owned, name: 'coder' }),
    helper: await builder.addAgent({ ...owned, name: 'helper' }),
  };
  const serverId = await builder.addToolServer({ ...owned, slug: 'shop', name: 'Shop' });
  const toolIds = {
    read: await builder.addTool({ serverId, name: 'read' }),
    refund: await builder.addTool(
      { serverId, name: 'refund' },
      { classification: 'write', inputSchema: REFUND },
    ),
  };
  const close = async () => {
    await writer.stop();
    await db.$disconnect();
    await database.drop();
  };
  const addPerson = (roles: Role[], teamIds: string[] = []) =>
    builder.addPerson(roles, { teamIds });
  return { database, db, runtime, teamId, agentIds, toolIds, serverId, addPerson, close };
};

/** For specs: `it` with a organisation and the commands about policies. */
export const itWithPolicyOrganisation = itWith(() => createTestPolicyOrganisation(policyCommands));
