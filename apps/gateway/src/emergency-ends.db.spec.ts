import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { startIdentitySuite, type IdentitySuite } from './fixtures/identity-suite.fixture.js';

// What was done by emergency access alone gives nothing from the moment at which that expires, on a gateway that
// nobody tells anything any more.
let suite: IdentitySuite;
beforeAll(async () => {
  suite = await startIdentitySuite();
});
afterAll(async () => {
  await suite.stop();
});

const OPEN_MS = 3000;

/** Says that this was done by an emergency that expires in a moment; answers when it has. */
const inEmergency = async (
  subject: { kind: string; id: string },
  also: (tx: Tx) => Promise<unknown> = () => Promise.resolve(),
) => {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + OPEN_MS);
  const [id, about] = [newId(), { subjectKind: subject.kind, subjectId: subject.id }];
  const done = { entryId: newId(), command: 'spec', subjectName: 'spec', facts: {}, madeAt: now };
  const emergency = { id, personId: suite.people.id('ann'), reason: 'fire', startedAt: now };
  await suite.people.change(async (tx) => {
    await tx.emergencyAccess.updateMany({ where: { endedAt: null }, data: { endedAt: now } });
    await tx.emergencyAccess.create({ data: { ...emergency, expiresAt } });
    await tx.emergencyChange.create({ data: { id: newId(), emergencyId: id, ...about, ...done } });
    await also(tx);
  }, 'registry');
  return () =>
    new Promise((resolve) => setTimeout(resolve, Math.max(0, expiresAt.getTime() - Date.now())));
};
const settle = () =>
  suite.people.change(
    (tx) => tx.emergencyChange.updateMany({ data: { keptAt: new Date() } }),
    'registry',
  );

describe('what was done by emergency access alone', () => {
  it('an agent calls until it expires, and not from then on, unless it is kept', async () => {
    const token = await suite.idpToken({ sub: 'coder' });
    const expired = await inEmergency({ kind: 'agent', id: suite.people.id('coder') });
    expect((await suite.call(token)).status).toBe(200);
    await expired();
    expect(await suite.call(token)).toMatchObject({
      status: 403,
      body: { code: 'agent_not_active', detail: expect.stringContaining('emergency') as string },
    });
    await settle();
    expect((await suite.call(token)).status).toBe(200);
  });

  it('what a released kill switch had stopped is stopped again', async () => {
    const token = await suite.idpToken({ sub: 'coder' });
    const now = new Date();
    const id = newId();
    const released = { reason: 'leak', activatedAt: now, releasedAt: now, releaseReason: 'over' };
    const expired = await inEmergency({ kind: 'kill_switch', id }, (tx) =>
      tx.killSwitch.create({ data: { id, scope: 'everything', ...released } }),
    );
    expect((await suite.call(token)).status).toBe(200);
    await expired();
    expect(await suite.call(token)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('kill switch') as string },
    });
    await settle();
    expect((await suite.call(token)).status).toBe(200);
  });
});
