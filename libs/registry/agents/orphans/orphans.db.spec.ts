import { TEST_MASTER_KEY } from '#libs/dev/testing';
import { RecordSigner } from '#libs/engine/record-signatures';
import { command, commandNames, CommandRuntime } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { newId } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { z } from 'zod';
import { afterAll, describe, expect } from 'vitest';
import { itWithAgents as it, type TestAgents } from '../agents.fixture.js';
import { applyOrphanRule, orphanFacts } from './apply-orphan-rule.js';

/** A command that takes a person's access away, as libs/directory/people's and libs/directory/provisioning's do. */
class LetGo extends command({
  name: 'let-go',
  permission: { action: 'revoke', subject: 'Person' },
  changesRights: true,
  input: z.strictObject({ id: idSchema }),
  load: (_ctx, { id }) => ({ id }),
  async run(ctx, { id }) {
    await ctx.tx.person.update({ where: { id }, data: { disabledAt: ctx.now } });
    const output = await applyOrphanRule(ctx, id);
    return { output, subject: { id, name: 'somebody' }, facts: orphanFacts(output) };
  },
}) {}

let open: TestAgents;
let writer: CommandWriter;
let letGo: LetGo;

const owned = async (team: object) => {
  const { id: ownerId } = await open.addPerson();
  const teamId = await open.addTeam(team);
  return { ownerId, teamId };
};

const agent = (id: string) => open.db.agent.findUniqueOrThrow({ where: { id } });
const alertsAbout = (subjectId: string) =>
  open.db.alert.findMany({ where: { subjectId, kind: 'agent_orphaned' } });

it.beforeAll(async ({ shared }) => {
  open = shared;
  writer = new CommandWriter({ url: open.database.appUrl, writer: 'api', boot: newId() }, [
    ...commandNames([LetGo]),
  ]);
  letGo = new LetGo(
    new CommandRuntime(open.db, writer, open.clock, [], new RecordSigner(TEST_MASTER_KEY)),
  );
});

afterAll(async () => {
  await writer.stop();
});

describe('when an owner leaves', () => {
  it('only flags their agents in a team whose rule is to flag, and raises an alert', async () => {
    const { ownerId, teamId } = await owned({ orphanRule: 'flag' });
    const id = await open.addActiveAgent({ ownerId, teamId });
    expect(await letGo.execute(open.it, { id: ownerId })).toMatchObject({ flagged: [id] });
    expect(await agent(id)).toMatchObject({ state: 'active', orphanedAt: open.clock.now() });
    expect(await alertsAbout(id)).toHaveLength(1);
    expect(await open.newest('let-go')).toMatchObject({
      data: { facts: { agentsFlagged: 1, agentsFlaggedIds: [id], agentsSuspended: 0 } },
    });
  });

  it('suspends them where the rule is to suspend, with the reason and an alert', async () => {
    const { ownerId, teamId } = await owned({ orphanRule: 'suspend' });
    const id = await open.addActiveAgent({ ownerId, teamId });
    expect(await letGo.execute(open.it, { id: ownerId })).toMatchObject({ suspended: [id] });
    expect(await agent(id)).toMatchObject({
      state: 'suspended',
      stateReason: expect.stringContaining('owner left') as string,
      orphanedAt: open.clock.now(),
    });
    expect(await alertsAbout(id)).toHaveLength(1);
  });

  it('is what a team has that chose no rule', async () => {
    const { ownerId, teamId } = await owned({});
    const id = await open.addActiveAgent({ ownerId, teamId });
    await letGo.execute(open.it, { id: ownerId });
    expect(await agent(id)).toMatchObject({ state: 'suspended' });
  });

  it('gives them to the team’s heir where the rule is to reassign', async () => {
    const heir = await open.addPerson();
    const { ownerId, teamId } = await owned({ orphanRule: 'reassign', orphanOwnerId: heir.id });
    const id = await open.addActiveAgent({ ownerId, teamId });
    expect(await letGo.execute(open.it, { id: ownerId })).toMatchObject({ reassigned: [id] });
    expect(await agent(id)).toMatchObject({
      state: 'active',
      ownerId: heir.id,
      orphanedAt: null,
    });
    expect(await alertsAbout(id)).toHaveLength(0);
  });

  it.each([
    ['nobody', () => Promise.resolve(null)],
    [
      'somebody who left too',
      async () => {
        const { id } = await open.addPerson();
        await open.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
        return id;
      },
    ],
  ])('suspends them where the heir is %s', async (_, heirOf) => {
    const orphanOwnerId = await heirOf();
    const { ownerId, teamId } = await owned({ orphanRule: 'reassign', orphanOwnerId });
    const id = await open.addActiveAgent({ ownerId, teamId });
    expect(await letGo.execute(open.it, { id: ownerId })).toMatchObject({ suspended: [id] });
    expect(await agent(id)).toMatchObject({ state: 'suspended', ownerId });
  });

  it('suspends the agents of the heir themselves', async () => {
    const { id: ownerId } = await open.addPerson();
    const teamId = await open.addTeam({ orphanRule: 'reassign', orphanOwnerId: ownerId });
    const id = await open.addActiveAgent({ ownerId, teamId });
    await letGo.execute(open.it, { id: ownerId });
    expect(await agent(id)).toMatchObject({ state: 'suspended', ownerId });
  });

  it('leaves no agent with a heir who leaves at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const heir = await open.addPerson();
      const { ownerId, teamId } = await owned({ orphanRule: 'reassign', orphanOwnerId: heir.id });
      const id = await open.addActiveAgent({ ownerId, teamId });
      await Promise.all([ownerId, heir.id].map((who) => letGo.execute(open.it, { id: who })));
      expect(await agent(id)).toMatchObject({
        state: 'suspended',
        orphanedAt: expect.any(Date) as Date,
      });
    }
  });

  it('flags drafts and suspended ones as they are, and leaves the retired alone', async () => {
    const { ownerId, teamId } = await owned({ orphanRule: 'suspend' });
    const draft = await open.addAgent({ ownerId, teamId });
    const suspended = await open.addActiveAgent({ ownerId, teamId });
    const retired = await open.addAgent({ ownerId, teamId });
    await open.db.agent.update({
      where: { id: suspended },
      data: { state: 'suspended', stateReason: 'odd calls' },
    });
    await open.db.agent.update({ where: { id: retired }, data: { state: 'retired' } });
    await letGo.execute(open.it, { id: ownerId });
    expect(await agent(draft)).toMatchObject({
      state: 'draft',
      orphanedAt: expect.any(Date) as Date,
    });
    expect(await agent(suspended)).toMatchObject({
      stateReason: 'odd calls',
      orphanedAt: expect.any(Date) as Date,
    });
    expect(await agent(retired)).toMatchObject({ state: 'retired', orphanedAt: null });
  });

  it('does nothing the second time', async () => {
    const { ownerId, teamId } = await owned({ orphanRule: 'suspend' });
    const id = await open.addActiveAgent({ ownerId, teamId });
    await letGo.execute(open.it, { id: ownerId });
    const before = await agent(id);
    expect(await letGo.execute(open.it, { id: ownerId })).toEqual({
      flagged: [],
      reassigned: [],
      suspended: [],
    });
    expect(await agent(id)).toEqual(before);
    expect(await alertsAbout(id)).toHaveLength(1);
  });
});
