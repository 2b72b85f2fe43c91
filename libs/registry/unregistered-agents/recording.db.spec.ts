import type { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { beforeEach, describe, expect } from 'vitest';
import { UnregisteredAgents } from './index.js';
import { itWithInbox as it, type TestInbox } from './unregistered-agents.fixture.js';

let open: TestInbox;
let db: Database;
let newInbox: TestInbox['newInbox'];
let unregisteredAgent: TestInbox['unregisteredAgent'];

const rows = () => db.unregisteredAgent.findMany({ orderBy: { id: 'asc' } });

const clockAt = (iso: string) => ({ now: () => new Date(iso) });

it.beforeAll(async ({ shared }) => {
  open = shared;
  ({ db, newInbox, unregisteredAgent } = open);
});

beforeEach(() => db.unregisteredAgent.deleteMany());

describe('the inbox of unregistered agents', () => {
  it('keeps who came, from where, asking for what, when first and last, and how often', async () => {
    const agent = unregisteredAgent({ clientId: 'some-client' });
    const early = newInbox({ clock: clockAt('2026-11-01T10:00:00.000Z') });
    early.note(agent);
    early.note({ ...agent, tool: 'read' });
    await early.stop();
    const late = newInbox({ clock: clockAt('2026-11-02T10:00:00.000Z') });
    late.note({ ...agent, source: '192.0.2.2', server: null, tool: null });
    await late.stop();
    expect(await rows()).toMatchObject([
      {
        subject: agent.subject,
        clientId: 'some-client',
        firstSeenAt: new Date('2026-11-01T10:00:00.000Z'),
        lastSeenAt: new Date('2026-11-02T10:00:00.000Z'),
        attempts: 3,
        lastSource: '192.0.2.2',
        lastMethod: 'tools/call',
        lastServer: null,
        lastTool: null,
      },
    ]);
  });

  it('tells agents apart by issuer, subject and client, each exactly', async () => {
    const other = await open.addIssuer();
    const inbox = newInbox();
    const one = unregisteredAgent({ subject: 'Same', clientId: 'c' });
    for (const over of [{}, { issuerId: other }, { subject: 'same' }, { clientId: 'C' }])
      inbox.note({ ...one, ...over });
    inbox.note({ ...one, subject: '10' });
    inbox.note({ ...one, subject: '1e1' });
    await inbox.stop();
    expect(await rows()).toHaveLength(6);
  });

  it('writes by itself within the second', async () => {
    const inbox = newInbox({ writeEveryMs: 20 });
    inbox.note(unregisteredAgent());
    await expect.poll(async () => (await rows()).length, { timeout: 20_000 }).toBe(1);
    inbox.note(unregisteredAgent());
    await expect.poll(async () => (await rows()).length, { timeout: 20_000 }).toBe(2);
  });

  it('stays bounded under a flood of 20,000 distinct agents, and delays none of them', async () => {
    const blocked = await open.knock({ subject: 'blocked long ago' });
    await db.unregisteredAgent.update({
      where: { id: blocked.id },
      data: { blockedAt: new Date(0), lastSeenAt: new Date(0) },
    });
    const limits = { maxPending: 300, maxKept: 500, writeEveryMs: 5 };
    const inboxes = [newInbox(limits), newInbox(limits)];
    let noteMs = 0;
    for (let index = 0; index < 20_000; index += 1) {
      const startedAt = performance.now();
      inboxes[index % 2]?.note(unregisteredAgent({ subject: `flood-${index}` }));
      noteMs += performance.now() - startedAt;
      if (index % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(inboxes.map((inbox) => inbox.stop()));
    const kept = await rows();
    const unblocked = kept.filter((row) => row.blockedAt === null);
    // Replicas that trim at once do not see what the other is writing: until the next write there may be a
    // batch of each too many.
    expect(unblocked.length).toBeGreaterThan(300);
    expect(unblocked.length).toBeLessThanOrEqual(limits.maxKept + 2 * limits.maxPending);
    expect(kept.map((row) => row.id)).toContain(blocked.id);
    expect(noteMs / 20_000).toBeLessThan(0.5);
    const last = newInbox(limits);
    last.note(unregisteredAgent({ subject: 'after the flood' }));
    await last.stop();
    const after = await rows();
    expect(after.filter((row) => row.blockedAt === null)).toHaveLength(500);
    expect(after.map((row) => row.subject)).toContain('after the flood');
  });

  it('waits for no database: one that never answers costs an agent nothing', () => {
    const silent = { $executeRaw: () => new Promise<never>(() => undefined) };
    // Not stopped by the fixture: it would wait for that answer.
    const inbox = new UnregisteredAgents({
      db: silent as unknown as Database,
      logger: { warn: () => undefined },
      maxPending: 10,
    });
    void inbox.flush();
    for (let index = 0; index < 1000; index += 1)
      expect(inbox.note(unregisteredAgent())).toBeUndefined();
  });

  it('lets replicas write the same agents at once, and counts every attempt', async () => {
    const agents = Array.from({ length: 50 }, () => unregisteredAgent());
    const inboxes = Array.from({ length: 4 }, () => newInbox());
    for (let round = 0; round < 5; round += 1) {
      inboxes.forEach((inbox, index) => {
        for (const agent of index % 2 === 0 ? agents : agents.toReversed()) inbox.note(agent);
      });
      await Promise.all(inboxes.map((inbox) => inbox.flush()));
    }
    const kept = await rows();
    expect(kept).toHaveLength(50);
    expect(kept.every((row) => row.attempts === 20)).toBe(true);
  });

  it('keeps what it could not write, and writes it once the database is back', async () => {
    let isAway = true;
    const flaky = new Proxy(db, {
      get: (target, name) => {
        if (name === '$executeRaw' && isAway) return () => Promise.reject(new Error('away'));
        return Reflect.get(target, name) as unknown;
      },
    });
    const inbox = newInbox({ db: flaky, maxPending: 2 });
    const known = unregisteredAgent();
    inbox.note(known);
    await inbox.flush();
    inbox.note(known);
    inbox.note(unregisteredAgent());
    inbox.note(unregisteredAgent({ subject: 'one too many' }));
    await inbox.flush();
    isAway = false;
    await inbox.stop();
    const kept = await rows();
    expect(kept).toHaveLength(2);
    expect(kept.find((row) => row.subject === known.subject)).toMatchObject({ attempts: 2 });
  });

  it.each([
    ['no subject', { subject: '' }],
    ['a subject too long to be kept whole', { subject: 'a'.repeat(1025) }],
    ['a client too long to be kept whole', { clientId: 'a'.repeat(513) }],
    ['too many bytes', { subject: '\u{1F916}'.repeat(300) }],
    ['NUL', { subject: 'a\0b' }],
    ['half a character', { subject: '\ud800' }],
    ['an issuer that is none', { issuerId: newId() }],
  ])('passes over an agent with %s, and keeps the others', async (_, over) => {
    const inbox = newInbox();
    inbox.note(unregisteredAgent(over));
    inbox.note(unregisteredAgent({ subject: 'another' }));
    await inbox.stop();
    expect((await rows()).map((row) => row.subject)).toEqual(['another']);
  });

  it('cuts what an agent asked for, and takes nothing in it for text of its own', async () => {
    const inbox = newInbox();
    inbox.note(
      unregisteredAgent({
        source: 'x'.repeat(5000),
        tool: `\0\n'; DROP TABLE agent; --`,
        server: '\ud800',
      }),
    );
    await inbox.stop();
    const [row] = await rows();
    expect(row?.lastSource).toHaveLength(128);
    expect(row?.lastTool).toBe("  '; DROP TABLE agent; --");
    expect(row?.lastServer).toBe('\ufffd');
  });

  it('does not bring back an agent that was bound since', async () => {
    const now = new Date();
    const person = await open.addPerson([]);
    const teamId = newId();
    await db.team.create({ data: { id: teamId, name: 'team' } });
    const agent = { purpose: 'p', state: 'active', riskTier: 'low', teamId } as const;
    const agentId = newId();
    await db.agent.create({
      data: {
        ...agent,
        id: agentId,
        name: 'bound',
        tags: [],
        ownerId: person.id,
        createdAt: now,
        updatedAt: now,
      },
    });
    const row = { agentId, issuerId: open.issuerId, createdAt: now };
    await db.binding.createMany({
      data: [
        { ...row, id: newId(), kind: 'subject', subject: 'bound-subject' },
        { ...row, id: newId(), kind: 'client', subject: 'bound-client' },
      ],
    });
    const inbox = newInbox();
    inbox.note(unregisteredAgent({ subject: 'bound-subject', clientId: 'any' }));
    inbox.note(unregisteredAgent({ subject: 'somebody', clientId: 'bound-client' }));
    // The client's own token is about no person, so its binding does not take it.
    inbox.note(unregisteredAgent({ subject: 'bound-client', clientId: 'bound-client' }));
    await inbox.stop();
    expect((await rows()).map((agent) => agent.subject)).toEqual(['bound-client']);
  });
});
