import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, createTestOrganisation, TEST_MASTER_KEY } from '#libs/dev/testing';
import { CommandWriter } from '#libs/engine/ledger';
import { SecretBox } from '#libs/platform/secrets';
import {
  RevokeAccessGrant,
  loadPolicyCatalog,
  loadPublishedRules,
  policyCommands,
  readRights,
} from '#libs/governance/policies';
import { compilePolicy, decide, type Decision } from '#libs/engine/policy';
import { AccessRequestQueries } from './access-requests.queries.js';
import { accessRequestCommands } from './access-requests.commands.js';

const REFUND = {
  type: 'object',
  properties: { amount: { type: 'number' } },
  required: ['amount'],
};

const COMMANDS: readonly CommandClass[] = [...accessRequestCommands, ...policyCommands];

/** For specs: two teams, an agent and the tools of one server, and a clock that stands still. */
export const createTestRequestOrganisation = async () => {
  const database = await createTestDatabase();
  const appUrl = database.appUrl;
  const db = new Database(appUrl);
  const clock = { at: new Date('2030-01-01T09:00:00Z'), now: () => clock.at };
  const writer = new CommandWriter({ url: appUrl, writer: 'api', boot: newId() }, [
    ...commandNames(COMMANDS),
  ]);
  const secrets = new SecretBox(TEST_MASTER_KEY);
  const signer = new RecordSigner(TEST_MASTER_KEY);
  const runtime = new CommandRuntime(db, writer, clock, [], signer, 24, secrets, readRights);
  const builder = createTestOrganisation(db);
  const { addPerson } = builder;
  const sales = await builder.addTeam({ name: 'sales' });
  const support = await builder.addTeam({ name: 'support' });
  const owner = await addPerson();
  const addAgent = (name: string, teamId: string) =>
    builder.addAgent({ name, teamId, ownerId: owner.id });
  /** A server with one tool, whose id it answers. */
  const addServer = async (slug: string, ownerId: string): Promise<string> => {
    const about = { slug, name: slug, ownerId, teamId: support };
    return builder.addTool(
      { serverId: await builder.addToolServer(about), name: 'refund' },
      { classification: 'write', inputSchema: REFUND },
    );
  };

  /** What the policies in force say at a moment. */
  const evaluate = async (
    agentId: string,
    toolId: string,
    now: Date,
    amount = 1,
  ): Promise<Decision> => {
    const { tools, agents } = await loadPolicyCatalog(db);
    const snapshot = compilePolicy(await loadPublishedRules(db), tools, agents);
    return decide(snapshot, { agentId, toolId, arguments: { amount }, now });
  };

  return {
    db,
    clock,
    runtime,
    queries: new AccessRequestQueries(db),
    revokeAccessGrant: new RevokeAccessGrant(runtime),
    teams: { sales, support },
    owner,
    agents: { seller: await addAgent('seller', sales), helper: await addAgent('helper', support) },
    tools: { refund: await addServer('desk', owner.id) },
    addPerson,
    addServer,
    evaluate,
    close: async () => {
      await writer.stop();
      await db.$disconnect();
      await database.drop();
    },
  };
};

/** For specs: what {@link createTestRequestOrganisation} made. */
export type TestRequestOrganisation = Awaited<ReturnType<typeof createTestRequestOrganisation>>;
