import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';

/** For specs: a person who may act. */
export type PersonActor = Extract<Actor, { kind: 'person' }>;

/** For specs: a small company on an empty database, and what commands run on. */
export interface Company {
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
export const openCompany = async (
  appUrl: string,
  commands: readonly CommandClass[],
): Promise<Company> => {
  const db = new Database(appUrl);
  const link = { url: appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(commands)]);
  const runtime = new CommandRuntime(db, writer, systemClock, []);
  const teamId = newId();
  await db.team.create({ data: { id: teamId, name: 'engineering' } });
  const addPerson = personAdder(db);
  const owner = await addPerson([]);
  const agentIds = { coder: newId(), helper: newId() };
  const now = new Date();
  const common = { riskTier: 'low' as const, tags: [], createdAt: now, updatedAt: now };
  for (const [name, id] of Object.entries(agentIds)) {
    await db.agent.create({
      data: { ...common, id, name, purpose: 'p', state: 'active', ownerId: owner.id, teamId },
    });
  }
  const serverId = newId();
  await db.toolServer.create({
    data: {
      id: serverId,
      slug: 'shop',
      name: 'Shop',
      kind: 'mcp',
      url: 'http://127.0.0.1:1/',
      state: 'ready',
      ownerId: owner.id,
      teamId,
      createdAt: now,
      updatedAt: now,
    },
  });
  const toolIds = { read: newId(), refund: newId() };
  const tool = { serverId, annotations: {}, definitionDigest: 'a'.repeat(64), pinnedAt: now };
  await db.tool.createMany({
    data: [
      {
        ...tool,
        id: toolIds.read,
        name: 'read',
        classification: 'read',
        inputSchema: { type: 'object' },
      },
      {
        ...tool,
        id: toolIds.refund,
        name: 'refund',
        classification: 'write',
        inputSchema: REFUND,
      },
    ],
  });
  const close = async () => {
    await writer.stop();
    await db.$disconnect();
  };
  return { db, runtime, teamId, agentIds, toolIds, serverId, addPerson, close };
};

const personAdder =
  (db: Database) =>
  async (roles: Role[], teamIds: string[] = []): Promise<PersonActor> => {
    const id = newId();
    const name = `person ${id.slice(-6)}`;
    const who = { email: `${id}@example.test`, name };
    await db.person.create({ data: { id, ...who, createdAt: new Date() } });
    return { kind: 'person', id, name, roles, teamIds };
  };
