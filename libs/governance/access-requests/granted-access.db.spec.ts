import { readEpoch } from '#libs/platform/db';
import { ExpireAccessGrant, AccessGrantExpiry } from '#libs/governance/policies';
import { HOUR_MS } from '#libs/platform/kernel';
import { afterEach, describe, expect } from 'vitest';
import { decision, itWithRequests as it, type TestRequests } from './test-requests.fixture.js';

let requests: TestRequests;
let organisation: TestRequests['organisation'];
let request: TestRequests['request'];
let draft: TestRequests['draft'];
let publish: TestRequests['publish'];
let rejectPolicy: TestRequests['rejectPolicy'];
let developer: TestRequests['developer'];
let it1: TestRequests['it1'];
let it2: TestRequests['it2'];
let draftRequest: TestRequests['draftRequest'];
let grant: TestRequests['grant'];
let see: TestRequests['see'];
let versionOf: TestRequests['versionOf'];
let drafted: TestRequests['drafted'];
let allowed: TestRequests['allowed'];

it.beforeAll(async ({ shared }) => {
  requests = shared;
  ({
    organisation,
    request,
    draft,
    publish,
    rejectPolicy,
    developer,
    it1,
    it2,
    draftRequest,
    grant,
    see,
    versionOf,
    drafted,
    allowed,
  } = requests);
});

afterEach(() => requests.tidy());

describe('drafting an access grant', () => {
  it("is done by the tool's owner, and allows nothing yet", async () => {
    const { id, versionId } = await drafted();
    const view = await see(id);
    expect(view).toMatchObject({
      state: 'drafted',
      draftedBy: { id: organisation.owner.id },
      grant: {
        versionId,
        state: 'in_review',
        expiresAt: '2030-01-02T09:00:00.000Z',
        endedAt: null,
      },
    });
    expect(view.accessGrantText).toContain('amount: { lte: 100 }');
    expect(await allowed()).toBe(false);
  });

  it('lets nobody else draft while the owner is there, the requester least of all', async () => {
    const all = await organisation.addPerson(['it', 'security', 'developer'], {
      teamIds: [organisation.teams.sales],
    });
    const { id } = await request.execute(all, draftRequest());
    for (const person of [it1, all]) {
      await expect(draft.execute(person, { id, ...grant() })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const outsider = await organisation.addPerson(['developer']);
    await expect(draft.execute(outsider, { id, ...grant() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is done by IT when the owner asked or is gone, and published by another of them', async () => {
    const asker = await organisation.addPerson(['developer', 'it'], {
      teamIds: [organisation.teams.sales],
    });
    const own = await organisation.addServer('own', asker.id);
    const gone = await organisation.addPerson([]);
    const left = await organisation.addServer('left', gone.id);
    await organisation.db.person.update({
      where: { id: gone.id },
      data: { disabledAt: new Date() },
    });
    for (const toolId of [own, left]) {
      const { id } = await request.execute(asker, draftRequest({ toolId }));
      expect(await see(id)).toMatchObject({ canOwnerDraft: false });
      await expect(draft.execute(asker, { id, ...grant() })).rejects.toMatchObject({
        code: 'forbidden',
        message: 'Nobody drafts what they asked for.',
      });
      await draft.execute(it1, { id, ...grant() });
      const versionId = await versionOf(id);
      await expect(publish.execute(it1, { id: versionId, ...decision })).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('You proposed this change') as string,
      });
      await publish.execute(it2, { id: versionId, ...decision });
      expect(await see(id)).toMatchObject({ state: 'granted' });
    }
  });

  it.each([
    ['longer than was asked for', { durationHours: 49 }, 'durationHours'],
    ['on an argument that the tool does not have', { when: 'arguments: { sum: { lte: 1 } }' }],
    ['on a value of another type', { when: 'arguments: { amount: { eq: "1" } }' }],
    ['on nothing', { when: '{}' }],
    ['with a condition of another language', { when: 'amount <= 100' }],
    ['with a second rule', { when: 'always: true\n  - name: more' }],
    ['with another key of the rule', { when: 'always: true\n    expiresAt: 2999-01-01T00:00:00Z' }],
    ['with another key after a bare return', { when: 'always: true\r    effect: deny' }],
    ['with a second document', { when: 'always: true\n---\nrules: []' }],
    ['with an unclosed brace', { when: '{ always: true' }],
    ['with an anchor', { when: '&all { always: true }\n    agents: *all' }],
  ])('rejects one %s', async (_, over, path = 'when') => {
    const { id } = await request.execute(developer, draftRequest());
    const policies = await organisation.db.policy.count();
    await expect(draft.execute(organisation.owner, { id, ...grant(over) })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
    });
    expect(await organisation.db.policy.count()).toBe(policies);
    expect(await see(id)).toMatchObject({ state: 'open' });
  });

  it('says in which line of the condition the mistake is', async () => {
    const { id } = await request.execute(developer, draftRequest());
    const when = 'arguments:\n  amount: { lte: 5 }\n  sum: { eq: 1 }';
    await expect(
      draft.execute(organisation.owner, { id, ...grant({ when }) }),
    ).rejects.toMatchObject({
      problems: [{ path: 'when', message: expect.stringMatching(/^line 3: `sum`/) as string }],
    });
  });

  it('can be done anew: the draft before it can no more be published', async () => {
    const { id, versionId } = await drafted();
    await draft.execute(organisation.owner, { id, ...grant({ when: 'always', durationHours: 1 }) });
    await expect(publish.execute(it1, { id: versionId, ...decision })).rejects.toMatchObject({
      code: 'conflict',
    });
    await publish.execute(it1, { id: await versionOf(id), ...decision });
    expect(await see(id)).toMatchObject({
      state: 'granted',
      grant: { expiresAt: '2030-01-01T10:00:00.000Z' },
    });
    expect(await allowed(organisation.clock.at, 5000)).toBe(true);
  });
});

describe('publishing an access grant', () => {
  it('takes somebody in IT who neither asked nor drafted, and counts from then on (P10)', async () => {
    const asker = await organisation.addPerson(['developer', 'it'], {
      teamIds: [organisation.teams.sales],
    });
    const { id, versionId } = await drafted(asker);
    const epoch = await readEpoch(organisation.db);
    const drafter = organisation.owner;
    const asIt = { personId: drafter.id, role: 'it' as const };
    await organisation.db.personRole.create({ data: asIt });
    const fresh = await organisation.addPerson(['it'], {
      coolingOffRoles: ['it'],
      createdAt: organisation.clock.at,
    });
    const security = await organisation.addPerson(['security']);
    for (const [person, message] of [
      [asker, 'concerns you'],
      [drafter, 'You proposed this change'],
      [fresh, 'too newly'],
      [security, 'is confirmed by somebody with the role IT'],
    ] as const) {
      await expect(publish.execute(person, { id: versionId, ...decision })).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining(message) as string,
      });
    }
    await organisation.db.personRole.deleteMany({ where: asIt });
    expect(await allowed()).toBe(false);
    expect(await readEpoch(organisation.db)).toBe(epoch);
    await publish.execute(it1, { id: versionId, ...decision });
    expect(await readEpoch(organisation.db)).toBe(epoch + 1n);
    expect(await see(id)).toMatchObject({ state: 'granted', decidedBy: { id: it1.id } });
    const entry = await organisation.db.ledgerEntry.findFirstOrThrow({
      where: { type: 'publish-policy', subjectId: versionId },
      orderBy: { id: 'desc' },
    });
    expect(entry.data).toMatchObject({
      facts: { kind: 'access_grant', requestedById: asker.id, proposedById: organisation.owner.id },
    });
  });

  it('allows what was drafted, to that agent alone, and ends exactly at its end', async () => {
    const { versionId } = await drafted();
    const expiresAt = organisation.clock.at.getTime() + 24 * HOUR_MS;
    await publish.execute(it1, { id: versionId, ...decision });
    expect(await allowed(organisation.clock.at, 100)).toBe(true);
    expect(await allowed(organisation.clock.at, 101)).toBe(false);
    const helper = await organisation.evaluate(
      organisation.agents.helper,
      organisation.tools.refund,
      organisation.clock.at,
    );
    expect(helper.effect).toBe('deny');
    expect(await allowed(new Date(expiresAt - 1))).toBe(true);
    expect(await allowed(new Date(expiresAt))).toBe(false);
  });

  it('is too late when its time is over', async () => {
    const { id, versionId } = await drafted();
    const before = organisation.clock.at;
    organisation.clock.at = new Date(before.getTime() + 24 * HOUR_MS);
    await expect(publish.execute(it1, { id: versionId, ...decision })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('expired at') as string,
    });
    await draft.execute(organisation.owner, { id, ...grant() });
    await publish.execute(it1, { id: await versionOf(id), ...decision });
    organisation.clock.at = before;
  });

  it('is rejected by IT or security, and the request with it', async () => {
    for (const person of [it1, await organisation.addPerson(['security'])]) {
      const { id, versionId } = await drafted();
      await rejectPolicy.execute(person, { id: versionId, note: 'not now' });
      expect(await see(id)).toMatchObject({
        state: 'rejected',
        decidedBy: { id: person.id },
        decisionNote: 'not now',
      });
    }
  });
});

describe('the end of an access grant', () => {
  const inForce = async () => {
    const { id, versionId } = await drafted();
    await publish.execute(it1, { id: versionId, ...decision });
    return { id, versionId };
  };

  it('is written down once its time is over, not before, and changes no right', async () => {
    const { id, versionId } = await inForce();
    const command = new ExpireAccessGrant(organisation.runtime);
    await expect(
      command.execute({ kind: 'system', id: 'worker', name: 'worker' }, { id: versionId }),
    ).rejects.toMatchObject({ code: 'precondition_failed' });
    const expiry = new AccessGrantExpiry(organisation.db, organisation.runtime, command);
    await expiry.endExpired();
    expect(await see(id)).toMatchObject({ grant: { state: 'active' } });
    const before = organisation.clock.at;
    organisation.clock.at = new Date(before.getTime() + 24 * HOUR_MS);
    const epoch = await readEpoch(organisation.db);
    const worker = { kind: 'system', id: 'worker', name: 'worker' } as const;
    await Promise.all([expiry.endExpired(), expiry.endExpired()]);
    await expect(command.execute(worker, { id: versionId })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await see(id)).toMatchObject({ state: 'granted', grant: { state: 'archived' } });
    expect(await readEpoch(organisation.db)).toBe(epoch);
    organisation.clock.at = before;
  });

  it('comes early by IT or security, at once, for a reason', async () => {
    for (const role of ['it', 'security'] as const) {
      const { id, versionId } = await inForce();
      const epoch = await readEpoch(organisation.db);
      const person = await organisation.addPerson([role]);
      await organisation.revokeAccessGrant.execute(person, { id: versionId, reason: 'no more' });
      expect(await allowed()).toBe(false);
      expect(await readEpoch(organisation.db)).toBe(epoch + 1n);
      expect((await see(id)).grant?.endedAt).not.toBeNull();
      await expect(
        organisation.revokeAccessGrant.execute(person, { id: versionId, reason: 'again' }),
      ).rejects.toMatchObject({ code: 'conflict' });
    }
  });

  it('does not come by others', async () => {
    const { versionId } = await inForce();
    for (const person of [developer, organisation.owner, await organisation.addPerson(['grc'])]) {
      await expect(
        organisation.revokeAccessGrant.execute(person, { id: versionId, reason: 'no more' }),
      ).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|not_found/) as string });
    }
    expect(await allowed()).toBe(true);
  });
});
