import { RecordSigner } from '#libs/engine/record-signatures';
import {
  commandNames,
  CommandRuntime,
  executeThen,
  type CommandClass,
} from '#libs/engine/commands';
import { SecretBox } from '#libs/platform/secrets';
import { ProposeDenial } from './commands/propose-denial.js';
import { ProposePolicy } from './commands/propose-policy.js';
import { PublishPolicy } from './commands/publish-policy.js';
import { PolicyPublication } from './policy-publication.js';
import { readRights } from './rights.js';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Actor, type Role } from '#libs/platform/kernel';
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
    24,
    new SecretBox(TEST_MASTER_KEY),
    readRights,
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

/** For specs: versions as the API writes and publishes them, each with the proposed change that would publish it. */
export const createTestPublication = (runtime: CommandRuntime) => {
  const publishPolicy = new PublishPolicy(runtime);
  const publication = new PolicyPublication(runtime, publishPolicy);
  const andPropose = (command: ProposePolicy | ProposeDenial) => ({
    execute: (actor: Actor, input: unknown) =>
      executeThen(runtime, actor, { command, input }, ({ id }) => ({
        command: publishPolicy,
        input: { id },
      })),
  });
  return {
    propose: andPropose(new ProposePolicy(runtime)),
    deny: andPropose(new ProposeDenial(runtime)),
    publish: {
      execute: (actor: Actor, version: { id: string; note: string }) =>
        publication.confirm(actor as PersonActor, version),
    },
    /** Proposes a publication anew. */
    proposeAgain: (actor: Actor, id: string) => publishPolicy.execute(actor, { id }),
  };
};

/** For specs: what {@link createTestPublication} made. */
export type TestPublication = ReturnType<typeof createTestPublication>;

/** For specs: `it` with a organisation and the commands about policies. */
export const itWithPolicyOrganisation = itWith(() => createTestPolicyOrganisation(policyCommands));
