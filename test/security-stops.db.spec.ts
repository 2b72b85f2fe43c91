import {
  createTestDatabase,
  createTestOrganisation,
  itWith,
  TEST_MASTER_KEY,
} from '#libs/dev/testing';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { CommandWriter } from '#libs/engine/ledger';
import { RecordSigner } from '#libs/engine/record-signatures';
import { Database } from '#libs/platform/db';
import { MINUTE_MS, newId, systemClock, type Actor } from '#libs/platform/kernel';
import { ActivateAgent, agentCommands, SuspendAgent } from '#libs/registry/agents';
import {
  ActivateKillSwitch,
  killSwitchCommands,
  ReleaseKillSwitch,
} from '#libs/registry/kill-switches';
import {
  BlockUnregisteredAgent,
  UnblockUnregisteredAgent,
  unregisteredCommands,
} from '#libs/registry/unregistered-agents';
import { describe, expect } from 'vitest';

const reason = 'odd answers';

const createStops = async () => {
  const database = await createTestDatabase();
  const db = new Database(database.appUrl);
  const commands = [...agentCommands, ...killSwitchCommands, ...unregisteredCommands];
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(commands)]);
  const signer = new RecordSigner(TEST_MASTER_KEY);
  const runtime = new CommandRuntime(db, writer, systemClock, [], signer);
  const organisation = createTestOrganisation(db);
  const issuerId = await organisation.addIssuer();
  const { addPerson } = organisation;
  const inEmergency = async (): Promise<Actor> => {
    const person = await addPerson(['emergency']);
    const [startedAt, expiresAt] = [new Date(), new Date(Date.now() + MINUTE_MS)];
    const row = { id: newId(), personId: person.id, reason, startedAt, expiresAt };
    await db.emergencyAccess.create({ data: row });
    return person;
  };
  const people = {
    it: await addPerson(['it']),
    otherIt: await addPerson(['it']),
    security: await addPerson(['security']),
    otherSecurity: await addPerson(['security']),
    newSecurity: await addPerson(['it'], { coolingOffRoles: ['security'] }),
    inEmergency: await inEmergency(),
  };
  const addAgent = async () => {
    const agentId = await organisation.addAgent();
    await organisation.addBinding({ agentId, issuerId, subject: newId() });
    return agentId;
  };
  const addUnregistered = async () => {
    const [id, now] = [newId(), new Date()];
    const seen = { firstSeenAt: now, lastSeenAt: now, attempts: 1, lastSource: '::1' };
    const data = { id, issuerId, subject: id, clientId: '', ...seen };
    await db.unregisteredAgent.create({ data });
    return id;
  };
  const addTool = async () => {
    const serverId = await organisation.addToolServer();
    return organisation.addTool({ serverId, name: 'refund' });
  };
  const close = async () => {
    await writer.stop();
    await db.$disconnect();
    await database.drop();
  };
  return { db, runtime, people, addAgent, addUnregistered, addTool, close };
};
type Stops = Awaited<ReturnType<typeof createStops>>;

/** One way to stop something: each makes what is to be stopped, and answers what stops and releases it. */
const WAYS: Record<
  string,
  (stops: Stops) => Promise<{
    stop: (by: Actor) => Promise<{ id: string }>;
    release: (by: Actor, id: string) => Promise<unknown>;
    isStopped: (id: string) => Promise<boolean>;
    subjectKind: string;
  }>
> = {
  'a suspended agent': async ({ db, runtime, addAgent }) => {
    const id = await addAgent();
    return {
      stop: (by) => new SuspendAgent(runtime).execute(by, { id, reason }),
      release: (by) => new ActivateAgent(runtime).execute(by, { id, reason }),
      isStopped: async () =>
        (await db.agent.findUniqueOrThrow({ where: { id } })).state === 'suspended',
      subjectKind: 'agent',
    };
  },
  'a kill switch': async ({ db, runtime, addTool }) => {
    const targetId = await addTool();
    const input = { scope: 'tool' as const, targetId, reason };
    return {
      stop: (by) => new ActivateKillSwitch(runtime).execute(by, input),
      release: (by, id) => new ReleaseKillSwitch(runtime).execute(by, { id, reason }),
      isStopped: async (id) =>
        (await db.killSwitch.findUniqueOrThrow({ where: { id } })).releasedAt === null,
      subjectKind: 'kill_switch',
    };
  },
  'a blocked unregistered agent': async ({ db, runtime, addUnregistered }) => {
    const id = await addUnregistered();
    return {
      stop: (by) => new BlockUnregisteredAgent(runtime).execute(by, { id, reason }),
      release: (by) => new UnblockUnregisteredAgent(runtime).execute(by, { id, reason }),
      isStopped: async () =>
        (await db.unregisteredAgent.findUniqueOrThrow({ where: { id } })).blockedAt !== null,
      subjectKind: 'unregistered_agent',
    };
  },
};

const it = itWith(createStops);

describe.each(Object.entries(WAYS))('%s', (_, make) => {
  it('that security stopped is released by settled security alone, under an alert', async ({
    shared,
  }) => {
    const { people, db } = shared;
    const { stop, release, isStopped, subjectKind } = await make(shared);
    const { id } = await stop(people.security);
    for (const by of [people.it, people.newSecurity, people.inEmergency]) {
      await expect(release(by, id)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('role security, past its cooling-off period') as string,
      });
      expect(await isStopped(id)).toBe(true);
    }
    await release(people.otherSecurity, id);
    expect(await isStopped(id)).toBe(false);
    const alerts = await db.alert.findMany({ where: { kind: 'security_stop_released' } });
    expect(alerts.filter(({ subjectId }) => subjectId === id)).toMatchObject([
      { subjectKind, concernedIds: [people.otherSecurity.id] },
    ]);
  });

  it('that IT stopped IT releases, without an alert', async ({ shared }) => {
    const { people, db } = shared;
    const { stop, release, isStopped } = await make(shared);
    const { id } = await stop(people.it);
    await release(people.otherIt, id);
    expect(await isStopped(id)).toBe(false);
    expect(await db.alert.count({ where: { subjectId: id } })).toBe(0);
  });

  it('that IT stopped first is of security once security stops it, too', async ({ shared }) => {
    const { people } = shared;
    const { stop, release, isStopped } = await make(shared);
    const { id } = await stop(people.it);
    await expect(stop(people.otherIt)).rejects.toMatchObject({ code: 'conflict' });
    expect((await stop(people.security)).id).toBe(id);
    await expect(stop(people.otherSecurity)).rejects.toMatchObject({ code: 'conflict' });
    await expect(release(people.it, id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await isStopped(id)).toBe(true);
    await release(people.security, id);
    // Stopped anew by IT, it is IT's again.
    const again = await stop(people.it);
    await release(people.it, again.id);
    expect(await isStopped(again.id)).toBe(false);
  });

  it('that somebody stopped in an emergency is of security afterwards', async ({ shared }) => {
    const { people } = shared;
    const { stop, release, isStopped } = await make(shared);
    const { id } = await stop(people.inEmergency);
    for (const by of [people.it, people.inEmergency])
      await expect(release(by, id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await isStopped(id)).toBe(true);
  });
});
