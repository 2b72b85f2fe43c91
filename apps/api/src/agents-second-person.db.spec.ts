import { generateKeyPairSync } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { DAY_MS, newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposedId } from './fixtures/answers.js';
import { createCallableAgents, type CallableAgents } from './fixtures/callable-agents.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

let database: TestDatabase;
let gate: TestApi;
let open: CallableAgents;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  open = await createCallableAgents(gate);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const reason = 'as the test wants it';
const READER = { tags: ['reader'] };
const days = (count: number) => new Date(Date.now() + count * DAY_MS).toISOString();
const publicKey = () => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const agentRow = (id: string) => open.db.agent.findUniqueOrThrow({ where: { id } });

const totalsOf = async (proposalId: string) => {
  const { effect } = await open.see(open.security, proposalId);
  const { pairs } = effect as { pairs: Record<string, { total: number }> };
  return Object.fromEntries(
    Object.entries(pairs).flatMap(([kind, { total }]) => (total === 0 ? [] : [[kind, total]])),
  );
};

describe('an agent that may call nothing', () => {
  it('is changed at once by one person, as a draft and when it is active', async () => {
    for (const id of [await open.addDraft(), await open.addActive()]) {
      const answers = [
        await open.act(id, 'bindings', { kind: 'key', publicKey: publicKey() }),
        await open.change(id, { tags: ['named-by-no-rule'], riskTier: 'high', expiresAt: days(2) }),
        await open.change(id, { expiresAt: null, purpose: 'another' }),
        await open.act(id, 'reassign', {
          ownerId: (await open.signIn('office')).id,
          teamId: await open.organisation.addTeam(),
          reason,
        }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200]);
    }
  });

  it('is changed and bound as a draft, also when rules name it already', async () => {
    const id = await open.addDraft({ tags: ['trusted'], teamId: open.teamId });
    const bound = await open.act(id, 'bindings', { kind: 'key', publicKey: publicKey() });
    expect(bound.status).toBe(201);
    expect((await open.change(id, { tags: ['trusted', 'reader'] })).status).toBe(200);
  });
});

describe('what lets an agent call something that could call nothing', () => {
  it('is its activation, when rules name it, and security alone agrees', async () => {
    const id = await open.addDraft({ tags: ['trusted'] });
    const proposal = proposedId(await open.act(id, 'activate', { reason }));
    expect(await totalsOf(proposal)).toEqual({ added: 1 });
    expect((await agentRow(id)).state).toBe('draft');
    expect((await open.confirm(open.owner.visitor, proposal)).status).toBeGreaterThanOrEqual(403);
    expect((await open.confirm((await open.signIn('it')).visitor, proposal)).status).toBe(403);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
    expect((await agentRow(id)).state).toBe('active');
    expect((await open.act(id, 'suspend', { reason })).status).toBe(200);
    // Nothing of it could be changed until then without two.
    expect((await open.act(id, 'activate', { reason })).status).toBe(200);
  });

  it.each([
    ['a tag', { tags: ['trusted'] }],
    ['a tag, with a limit', { tags: ['trusted'], expiresAt: days(5) }],
  ])('is %s, and security alone agrees', async (_, body) => {
    const id = await open.addActive();
    const proposal = proposedId(await open.change(id, body));
    expect(await totalsOf(proposal)).toEqual({ added: 1 });
    expect((await open.confirm(open.owner.visitor, proposal)).status).toBeGreaterThanOrEqual(403);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
    expect((await agentRow(id)).tags).toEqual(['trusted']);
  });

  it('is another team, also beside another owner, who does not agree to it', async () => {
    const id = await open.addActive();
    const heir = await open.signIn('security');
    const body = { ownerId: heir.id, teamId: open.teamId, reason };
    const proposal = proposedId(await open.act(id, 'reassign', body));
    expect(await totalsOf(proposal)).toEqual({ added: 1 });
    expect((await open.confirm(heir.visitor, proposal)).status).toBe(403);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
    expect(await agentRow(id)).toMatchObject({ ownerId: heir.id, teamId: open.teamId });
  });
});

describe('a change of an agent that may call something', () => {
  const WAYS: Record<string, (id: string) => ReturnType<CallableAgents['act']>> = {
    'another key': (id) => open.act(id, 'bindings', { kind: 'key', publicKey: publicKey() }),
    'another subject': (id) => open.act(id, 'bindings', open.subject()),
    'another client': (id) =>
      open.act(id, 'bindings', { kind: 'client', issuerId: open.issuerId, clientId: newId() }),
    'another owner': async (id) =>
      open.act(id, 'reassign', {
        ownerId: (await open.signIn('office')).id,
        teamId: open.otherTeamId,
        reason,
      }),
    'another team': (id) =>
      open.act(id, 'reassign', { ownerId: open.owner.id, teamId: open.teamId, reason }),
    'a tag that allows more': (id) => open.change(id, { tags: ['reader', 'limited', 'trusted'] }),
    'a tag that limits less': (id) => open.change(id, READER),
    'a longer limit': (id) => open.change(id, { inactiveAfterDays: 31 }),
    'no end': (id) => open.change(id, { expiresAt: null, purpose: 'another' }),
  };
  const change = async (way: string, id: string) => {
    const changes = WAYS[way];
    if (changes === undefined) throw new Error(`no way ${way}`);
    return changes(id);
  };
  const EFFECTS: Record<string, object> = {
    'another key': { exposed: 1 },
    'another subject': { exposed: 1 },
    'another client': { exposed: 1 },
    'another owner': { exposed: 1 },
    'a tag that allows more': { added: 1 },
    'a tag that limits less': { widened: 1 },
  };
  const addReader = async () => {
    const limits = { expiresAt: days(10), inactiveAfterDays: 30 };
    const id = await open.addActive({ tags: ['reader', 'limited'], ...limits });
    const { tags, ownerId, teamId, expiresAt } = await agentRow(id);
    return { id, before: { tags, ownerId, teamId, expiresAt } };
  };

  it.each(Object.keys(WAYS))('waits, and its effect is shown: %s', async (way) => {
    const { id, before } = await addReader();
    const colleague = (await open.signIn('it')).visitor;
    const proposal = proposedId(await change(way, id));
    expect(await agentRow(id)).toMatchObject(before);
    expect(await open.db.binding.count({ where: { agentId: id } })).toBe(1);
    expect(await totalsOf(proposal)).toEqual(EFFECTS[way] ?? {});
    for (const by of [open.it, colleague, (await open.signIn('grc', 'owner')).visitor])
      expect((await open.confirm(by, proposal)).status).toBe(403);
    expect(await agentRow(id)).toMatchObject(before);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
    const { bindings, ...after } = await open.db.agent.findUniqueOrThrow({
      where: { id },
      include: { bindings: true },
    });
    expect(bindings.length > 1 || JSON.stringify(after) !== JSON.stringify(before)).toBe(true);
  });

  it('is confirmed by its present owner, and names the pairs', async () => {
    const { id } = await addReader();
    const proposal = proposedId(await open.act(id, 'bindings', open.subject('another-one')));
    const { name } = await agentRow(id);
    expect(await open.see(open.owner.visitor, proposal)).toMatchObject({
      canConfirm: true,
      explanation: expect.stringContaining(`${name} may call 1 tool`) as string,
      effect: {
        changes: { subject: 'another-one', issuer: 'https://agents.example.com' },
        pairs: {
          added: { total: 0 },
          exposed: {
            items: [{ agent: { id, name }, tool: { server: 'shop', name: 'read' } }],
            total: 1,
          },
        },
      },
    });
    expect((await open.confirm(open.owner.visitor, proposal)).status).toBe(200);
    expect(await open.db.binding.count({ where: { agentId: id } })).toBe(2);
    expect(
      await open.db.ledgerEntry.findFirstOrThrow({
        where: { type: 'bind-agent', subjectId: id },
        orderBy: { id: 'desc' },
      }),
    ).toMatchObject({ actorId: open.owner.id, data: { facts: { proposedChangeId: proposal } } });
  });

  it('is not confirmed by its new owner, nor by an owner whom the author added', async () => {
    const { id } = await addReader();
    const heir = await open.signIn('security');
    const body = { ownerId: heir.id, teamId: open.otherTeamId, reason };
    const proposal = proposedId(await open.act(id, 'reassign', body));
    const { effect } = await open.see(heir.visitor, proposal);
    const { name: heirName } = await open.db.person.findUniqueOrThrow({ where: { id: heir.id } });
    expect(effect).toMatchObject({ changes: { after: { owner: heirName, team: 'others' } } });
    expect((await open.confirm(heir.visitor, proposal)).status).toBe(403);

    const author = await open.signIn('it');
    const puppet = await open.signIn('office');
    await open.db
      .$executeRaw`UPDATE person SET added_by_id = ${author.id}::uuid WHERE id = ${puppet.id}::uuid`;
    const own = await open.addActive({ ...READER, ownerId: puppet.id });
    const bound = await open.act(own, 'bindings', open.subject(), author.visitor);
    expect((await open.confirm(puppet.visitor, proposedId(bound))).status).toBeGreaterThanOrEqual(
      403,
    );
  });

  it('is proposed by an owner in IT, and then confirmed by security alone', async () => {
    const author = await open.signIn('it');
    const id = await open.addActive({ ...READER, ownerId: author.id });
    const bound = await open.act(id, 'bindings', open.subject(), author.visitor);
    const proposal = proposedId(bound);
    expect((await open.confirm(author.visitor, proposal)).status).toBe(403);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
  });

  it('is overtaken when policies let it call something else by then', async () => {
    const id = await open.addActive({ tags: ['keeper'] });
    const proposal = proposedId(await open.act(id, 'bindings', open.subject()));
    expect(await totalsOf(proposal)).toEqual({ exposed: 2 });
    const { id: serverId } = await open.db.toolServer.findFirstOrThrow({ where: { slug: 'shop' } });
    await open.organisation.addTool({ serverId, name: 'another' });
    const answer = await open.confirm(open.security, proposal);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('What this change would let agents call was changed');
    expect(await open.db.binding.count({ where: { agentId: id } })).toBe(1);
  });

  it('is done at once when it only narrows, or gives nothing', async () => {
    const { id } = await addReader();
    const { bindings } = await open.db.agent.findUniqueOrThrow({
      where: { id },
      select: { bindings: { select: { id: true } } },
    });
    const answers = [
      await open.change(id, { purpose: 'another' }),
      await open.change(id, { riskTier: 'high' }),
      await open.change(id, { tags: ['reader', 'limited', 'named-by-no-rule'] }),
      await open.change(id, { expiresAt: days(3), inactiveAfterDays: 3 }),
      await open.change(id, { tags: ['limited'] }),
      await open.act(id, `bindings/${bindings[0]?.id}/unbind`, { reason }),
      await open.act(id, 'revoke-tokens', { reason }),
      await open.act(id, 'suspend', { reason }),
      await open.act(id, 'retire', { reason }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const inTeam = await open.addActive({ teamId: open.teamId });
    const away = { ownerId: open.owner.id, teamId: open.otherTeamId, reason };
    expect((await open.act(inTeam, 'reassign', away)).status).toBe(200);
  });

  it('waits while it is suspended, too: one person activates it again', async () => {
    const { id } = await addReader();
    expect((await open.act(id, 'suspend', { reason })).status).toBe(200);
    for (const way of ['another key', 'another owner', 'a tag that allows more', 'no end'])
      proposedId(await change(way, id));
    expect((await open.act(id, 'activate', { reason })).status).toBe(200);
  });
});

describe('what security stopped', () => {
  const stoppedAgent = async (subject: string): Promise<string> => {
    const id = await open.addDraft();
    const bound = await open.act(id, 'bindings', open.subject(subject));
    expect(bound.status).toBe(201);
    expect((await open.act(id, 'activate', { reason })).status).toBe(200);
    expect((await open.act(id, 'suspend', { reason }, open.security)).status).toBe(200);
    return id;
  };
  const freed = async (id: string, way: 'unbind' | 'retire') => {
    if (way === 'retire') return open.act(id, 'retire', { reason });
    const bindings = await open.db.binding.findMany({ where: { agentId: id } });
    for (const binding of bindings)
      expect((await open.act(id, `bindings/${binding.id}/unbind`, { reason })).status).toBe(200);
    return { status: 200 };
  };

  it.each(['unbind', 'retire'] as const)('does not go on as another agent: %s', async (way) => {
    const subject = newId();
    const stopped = await stoppedAgent(subject);
    expect((await freed(stopped, way)).status).toBe(200);
    const draft = await open.addDraft();
    for (const binding of [
      open.subject(subject),
      { kind: 'client', issuerId: open.issuerId, clientId: subject },
    ]) {
      const proposal = proposedId(await open.act(draft, 'bindings', binding));
      expect((await open.confirm(open.owner.visitor, proposal)).status).toBeGreaterThanOrEqual(403);
      expect((await open.confirm((await open.signIn('it')).visitor, proposal)).status).toBe(403);
    }
    const proposal = proposedId(await open.act(draft, 'bindings', open.subject(subject)));
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
  });

  it('is not registered anew from the inbox by one person', async () => {
    const subject = newId();
    await freed(await stoppedAgent(subject), 'unbind');
    const now = new Date();
    const seen = { firstSeenAt: now, lastSeenAt: now, attempts: 1, lastSource: '::1' };
    const row = { id: newId(), issuerId: open.issuerId, subject, clientId: '', ...seen };
    await open.db.unregisteredAgent.create({ data: row });
    const agent = { name: `agent-${newId().slice(-12)}`, purpose: 'p', riskTier: 'low' };
    const place = { ownerId: open.owner.id, teamId: open.otherTeamId, kind: 'subject' };
    const at = `/api/v1/unregistered-agents/${row.id}/register`;
    const proposal = proposedId(await open.write(open.it, at, { ...agent, ...place }));
    expect(await open.db.agent.count({ where: { name: agent.name } })).toBe(0);
    await open.db.unregisteredAgent.update({ where: { id: row.id }, data: { attempts: 2 } });
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
    expect(await open.db.agent.count({ where: { name: agent.name } })).toBe(1);
  });

  it('a key is known again, and what security released is bound at once', async () => {
    const key = publicKey();
    const stopped = await open.addDraft();
    await open.act(stopped, 'bindings', { kind: 'key', publicKey: key });
    await open.act(stopped, 'activate', { reason });
    await open.act(stopped, 'suspend', { reason }, open.security);
    await freed(stopped, 'unbind');
    const draft = await open.addDraft();
    proposedId(await open.act(draft, 'bindings', { kind: 'key', publicKey: key }));
    // Bound again to the agent that is stopped, it stays stopped.
    const again = await open.act(stopped, 'bindings', open.subject());
    expect(again.status).toBe(201);
    expect((await open.act(stopped, 'activate', { reason }, open.security)).status).toBe(200);
    const released = await open.act(draft, 'bindings', { kind: 'key', publicKey: key });
    expect(released.status).toBe(201);
  });
});
