import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database, readEpoch } from '#libs/platform/db';
import { DAY_MS, newId, type Clock } from '#libs/platform/kernel';
import { CallWriter, CommandWriter } from '#libs/engine/ledger';
import { SecretBox } from '#libs/platform/secrets';
import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  nobodyMayCall,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import { onAccessEnded } from './access-ended.js';
import {
  ActivateAgent,
  agentCommands,
  agentLimitCommands,
  AgentQueries,
  BindAgent,
  RegisterAgent,
} from './index.js';

/** For specs: a clock that stands still until it is moved. */
export class StandingClock implements Clock {
  #now = new Date();
  now(): Date {
    return new Date(this.#now);
  }
  passDays(days: number): void {
    this.#now = new Date(this.#now.getTime() + days * DAY_MS);
  }
}

/** For specs: agents on an empty database, with one team and one issuer. */
export const createTestAgents = async () => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const clock = new StandingClock();
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId(), clock };
  const writer = new CommandWriter(link, [
    ...commandNames([...agentCommands, ...agentLimitCommands]),
  ]);
  const calls = new CallWriter(link);
  const runtime = new CommandRuntime(
    db,
    writer,
    clock,
    [onAccessEnded],
    new RecordSigner(TEST_MASTER_KEY),
    24,
    new SecretBox(TEST_MASTER_KEY),
    nobodyMayCall,
  );
  const register = new RegisterAgent(runtime);
  const bind = new BindAgent(runtime);
  const activate = new ActivateAgent(runtime);

  const { addPerson, addTeam, addIssuer } = createTestOrganisation(db);

  const it = await addPerson(['it']);
  const teamId = await addTeam();
  const issuerId = await addIssuer();

  let count = 0;
  const agentInput = (over: object = {}) => ({
    name: `agent-${(count += 1)}`,
    purpose: 'to test',
    ownerId: it.id,
    teamId,
    riskTier: 'low' as const,
    tags: ['a'],
    ...over,
  });
  const addAgent = async (over: object = {}): Promise<string> =>
    (await register.execute(it, agentInput(over))).id;
  const addBoundAgent = async (over: object = {}): Promise<string> => {
    const id = await addAgent(over);
    await bind.execute(it, { id, kind: 'subject', issuerId, subject: newId() });
    return id;
  };
  const addActiveAgent = async (over: object = {}): Promise<string> => {
    const id = await addBoundAgent(over);
    await activate.execute(it, { id, reason: 'ready to go' });
    return id;
  };
  const called = async (agentId: string, decision?: 'allow' | 'deny'): Promise<void> => {
    const epoch = await readEpoch(db);
    await calls.appendIntent(intent(agentId, Number(epoch), decision), epoch);
  };
  const newest = (type: string) =>
    db.ledgerEntry.findFirstOrThrow({ where: { type }, orderBy: { id: 'desc' } });
  const stateOf = async (id: string) =>
    (await db.agent.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;
  const close = async () => {
    await calls.stop();
    await writer.stop();
    await db.$disconnect();
    await database.drop();
  };
  return {
    database,
    db,
    runtime,
    clock,
    queries: new AgentQueries(db),
    it,
    teamId,
    issuerId,
    register,
    bind,
    activate,
    addPerson,
    addTeam,
    addIssuer,
    agentInput,
    addAgent,
    addBoundAgent,
    addActiveAgent,
    called,
    newest,
    stateOf,
    close,
  };
};

/** For specs: what {@link createTestAgents} makes. */
export type TestAgents = Awaited<ReturnType<typeof createTestAgents>>;

/** For specs: `it` with agents that are made once for the file. */
export const itWithAgents = itWith(createTestAgents);

const intent = (
  agentId: string,
  epoch: number,
  decision: 'allow' | 'deny' = 'allow',
): Parameters<CallWriter['appendIntent']>[0] => ({
  actor: { kind: 'agent', id: agentId },
  type: 'call.intent',
  callId: newId(),
  data: {
    server: 's',
    tool: 't',
    toolId: newId(),
    definitionDigest: 'a'.repeat(64),
    decision,
    code: 'rule',
    rule: 'r',
    policyVersionId: null,
    bindingId: newId(),
    epoch,
    protocol: 'rest',
  },
});
