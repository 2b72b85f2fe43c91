import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import {
  RevokeAccessGrant,
  loadPolicyCatalog,
  loadPublishedRules,
  policyCommands,
} from '#libs/governance/policies';
import { compilePolicy, decide, type Decision } from '#libs/engine/policy';
import { AccessRequestQueries } from './access-requests.queries.js';
import { accessRequestCommands } from './access-requests.commands.js';

/** For specs: a person who may act. */
export type PersonActor = Extract<Actor, { kind: 'person' }>;

const COMMANDS: readonly CommandClass[] = [...accessRequestCommands, ...policyCommands];

/** For specs: two teams, an agent and the tools of one server, and a clock that stands still. */
export const openOffice = async (appUrl: string) => {
  const db = new Database(appUrl);
  const clock = { at: new Date('2030-01-01T09:00:00Z'), now: () => clock.at };
  const writer = new CommandWriter({ url: appUrl, writer: 'api', boot: newId() }, [
    ...commandNames(COMMANDS),
  ]);
  const runtime = new CommandRuntime(db, writer, clock, []);
  const [sales, support] = [newId(), newId()];
  await db.team.createMany({
    data: [
      { id: sales, name: 'sales' },
      { id: support, name: 'support' },
    ],
  });

  const addPerson = async (
    roles: Role[],
    over: Partial<Pick<PersonActor, 'teamIds' | 'coolingOffRoles'>> = {},
  ): Promise<PersonActor> => {
    const id = newId();
    const name = `person ${id.slice(-6)}`;
    const createdAt = new Date();
    await db.person.create({ data: { id, name, email: `${id}@example.test`, createdAt } });
    return { kind: 'person', id, name, roles, teamIds: [], ...over };
  };
  const owner = await addPerson([]);

  const addAgent = async (name: string, teamId: string): Promise<string> => {
    const id = newId();
    const now = new Date();
    const about = { purpose: 'p', riskTier: 'low' as const, tags: [], createdAt: now };
    await db.agent.create({
      data: { ...about, id, name, teamId, state: 'active', ownerId: owner.id, updatedAt: now },
    });
    return id;
  };
  const addServer = async (slug: string, ownerId: string): Promise<string> => {
    const [serverId, toolId, now] = [newId(), newId(), new Date()];
    const about = { name: slug, kind: 'mcp' as const, url: 'http://127.0.0.1:1/' };
    await db.toolServer.create({
      data: {
        ...about,
        id: serverId,
        slug,
        ownerId,
        teamId: support,
        state: 'ready',
        createdAt: now,
        updatedAt: now,
      },
    });
    await db.tool.create({
      data: {
        id: toolId,
        serverId,
        name: 'refund',
        annotations: {},
        classification: 'write',
        definitionDigest: 'a'.repeat(64),
        pinnedAt: now,
        inputSchema: {
          type: 'object',
          properties: { amount: { type: 'number' } },
          required: ['amount'],
        },
      },
    });
    return toolId;
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
    },
  };
};

/** For specs: what {@link openOffice} opened. */
export type Office = Awaited<ReturnType<typeof openOffice>>;
