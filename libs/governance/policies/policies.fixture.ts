import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Role } from '#libs/platform/kernel';
import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  type PersonActor,
  type TestDatabase,
} from '#libs/dev/testing';
import { policyCommands } from './policies.commands.js';
import { CommandWriter } from '#libs/engine/ledger';

/** For specs: a small company on an empty database, and what commands run on. */
export interface TestCompany {
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

/** For specs: makes the company of the application's role. */
export const createTestCompany = async (
  commands: readonly CommandClass[],
): Promise<TestCompany> => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(commands)]);
  const runtime = new CommandRuntime(db, writer, systemClock, []);
  const organisation = createTestOrganisation(db);
  const teamId = await organisation.addTeam({ name: 'engineering' });
  const owned = { ownerId: (await organisation.addPerson()).id, teamId };
  const agentIds = {
    coder: await organisation.addAgent({ ...owned, name: 'coder' }),
    helper: await organisation.addAgent({ ...owned, name: 'helper' }),
  };
  const serverId = await organisation.addToolServer({ ...owned, slug: 'shop', name: 'Shop' });
  const toolIds = {
    read: await organisation.addTool({ serverId, name: 'read' }),
    refund: await organisation.addTool(
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
    organisation.addPerson(roles, { teamIds });
  return { database, db, runtime, teamId, agentIds, toolIds, serverId, addPerson, close };
};

/** For specs: `it` with a company and the commands about policies. */
export const itWithCompany = itWith(() => createTestCompany(policyCommands));
