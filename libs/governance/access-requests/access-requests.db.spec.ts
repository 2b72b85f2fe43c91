import { newId } from '#libs/platform/kernel';
import { afterEach, describe, expect } from 'vitest';
import type { PersonActor } from '#libs/dev/testing';
import { decision, itWithRequests as it, type TestRequests } from './test-requests.fixture.js';

let requests: TestRequests;
let organisation: TestRequests['organisation'];
let request: TestRequests['request'];
let draft: TestRequests['draft'];
let reject: TestRequests['reject'];
let withdraw: TestRequests['withdraw'];
let publish: TestRequests['publish'];
let developer: TestRequests['developer'];
let it1: TestRequests['it1'];
let it2: TestRequests['it2'];
let draftRequest: TestRequests['draftRequest'];
let grant: TestRequests['grant'];
let see: TestRequests['see'];
let drafted: TestRequests['drafted'];
let allowed: TestRequests['allowed'];

it.beforeAll(async ({ shared }) => {
  requests = shared;
  ({
    organisation,
    request,
    draft,
    reject,
    withdraw,
    publish,
    developer,
    it1,
    it2,
    draftRequest,
    grant,
    see,
    drafted,
    allowed,
  } = requests);
});

afterEach(() => requests.tidy());

describe('asking for access', () => {
  it('opens a request that allows nothing', async () => {
    const { id } = await request.execute(
      developer,
      draftRequest({ requestedConstraints: 'up to 100' }),
    );
    expect(await see(id)).toMatchObject({
      state: 'open',
      requestedConstraints: 'up to 100',
      requestedBy: { id: developer.id },
      tool: { server: 'desk', name: 'refund', owner: { id: organisation.owner.id } },
      canOwnerDraft: true,
      grant: null,
      accessGrantText: null,
    });
    expect(await allowed()).toBe(false);
  });

  it("is for agents of one's own team, of which alone one knows", async () => {
    const others = draftRequest({ agentId: organisation.agents.helper });
    await expect(request.execute(developer, others)).rejects.toMatchObject({ code: 'not_found' });
    for (const unknown of [{ agentId: newId() }, { toolId: newId() }]) {
      await expect(request.execute(developer, draftRequest(unknown))).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it.each(['it', 'security', 'grc', 'office', 'emergency', 'owner'] as const)(
    'is not for %s alone',
    async (role) => {
      const person = await organisation.addPerson([role], { teamIds: [organisation.teams.sales] });
      await expect(request.execute(person, draftRequest())).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
    },
  );

  it.each([
    ['no hours', { durationHours: 0 }],
    ['more than thirty days', { durationHours: 721 }],
    ['half an hour', { durationHours: 0.5 }],
    ['hours as text', { durationHours: '5' }],
    ['no reason', { justification: ' ' }],
    ['a reason without end', { justification: 'x'.repeat(501) }],
    ['constraints without end', { requestedConstraints: 'x'.repeat(501) }],
    ['an id that is none', { agentId: "' OR 1=1" }],
    ['a state of its own', { state: 'granted' }],
  ])('rejects %s', async (_, over) => {
    await expect(request.execute(developer, draftRequest(over))).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await organisation.db.accessRequest.count({ where: { state: 'open' } })).toBe(0);
  });

  it('is done once for a pair, also by two at once', async () => {
    const colleague = await organisation.addPerson(['developer'], {
      teamIds: [organisation.teams.sales],
    });
    const results = await Promise.allSettled(
      [developer, colleague, developer].map((person) => request.execute(person, draftRequest())),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect(result).toMatchObject({ reason: { code: 'conflict' } });
    }
  });
});

describe('rejecting and withdrawing', () => {
  it('ends the request with its draft, which nobody can publish any more', async () => {
    for (const [command, person, state] of [
      [reject, organisation.owner, 'rejected'],
      [reject, it2, 'rejected'],
      [withdraw, developer, 'withdrawn'],
    ] as const) {
      const { id, versionId } = await drafted();
      await command.execute(person, { id, note: 'not needed' });
      expect(await see(id)).toMatchObject({ state, decidedBy: { id: person.id } });
      await expect(publish.execute(it1, { id: versionId, ...decision })).rejects.toMatchObject({
        code: 'conflict',
      });
      await expect(command.execute(person, { id, note: 'again' })).rejects.toMatchObject({
        code: 'conflict',
      });
      await expect(draft.execute(organisation.owner, { id, ...grant() })).rejects.toMatchObject({
        code: 'conflict',
      });
    }
  });

  it('is not for those whom it does not concern', async () => {
    const { id } = await drafted();
    const colleague = await organisation.addPerson(['developer'], {
      teamIds: [organisation.teams.sales],
    });
    const outsider = await organisation.addPerson(['developer']);
    for (const [command, person, code] of [
      [withdraw, colleague, 'forbidden'],
      [withdraw, it1, 'forbidden'],
      [reject, colleague, 'forbidden'],
      [reject, developer, 'forbidden'],
      [withdraw, outsider, 'not_found'],
      [reject, outsider, 'not_found'],
    ] as const) {
      await expect(command.execute(person, { id, note: 'not mine' })).rejects.toMatchObject({
        code,
      });
    }
    expect(await see(id)).toMatchObject({ state: 'drafted' });
  });

  it('comes too late for what was published, in either order', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id, versionId } = await drafted();
      const [published, withdrawn] = await Promise.allSettled([
        publish.execute(it1, { id: versionId, ...decision }),
        withdraw.execute(developer, { id, note: 'at once' }),
      ]);
      const isGranted = published.status === 'fulfilled';
      expect(withdrawn.status).toBe(isGranted ? 'rejected' : 'fulfilled');
      expect(await see(id)).toMatchObject({ state: isGranted ? 'granted' : 'withdrawn' });
      expect(await allowed()).toBe(isGranted);
      await organisation.db.policyVersion.updateMany({ data: { state: 'archived' } });
    }
  });
});

describe('who sees a request', () => {
  const page = { page: 1, perPage: 100, order: 'desc' as const };
  const idsFor = async (person: PersonActor, query: object = {}) =>
    (await organisation.queries.list(person, { ...page, ...query })).items.map(({ id }) => id);

  it("is one's team, the tool's owner, and who looks after all", async () => {
    const { id } = await drafted();
    const { addPerson, teams } = organisation;
    const seeing = [
      developer,
      organisation.owner,
      await addPerson(['developer'], { teamIds: [teams.sales] }),
    ];
    for (const role of ['it', 'security', 'grc', 'office'] as const) {
      seeing.push(await addPerson([role]));
    }
    for (const person of seeing) {
      expect(await idsFor(person)).toContain(id);
      expect((await see(id, person)).id).toBe(id);
    }
    const blind = [await addPerson([]), await addPerson(['emergency']), await addPerson(['owner'])];
    blind.push(await addPerson(['developer'], { teamIds: [teams.support] }));
    for (const person of blind) {
      expect(await idsFor(person)).toEqual([]);
      await expect(organisation.queries.get(person, id)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('can be narrowed, by where the request stands too', async () => {
    const { id, versionId } = await drafted();
    const { agents, tools } = organisation;
    expect(await idsFor(it1, { state: 'drafted' })).toEqual([id]);
    expect(await idsFor(it1, { state: 'open' })).toEqual([]);
    await publish.execute(it1, { id: versionId, ...decision });
    expect(await idsFor(it1, { state: 'drafted' })).toEqual([]);
    expect(await idsFor(it1, { state: 'granted' })).toEqual([id]);
    expect(await idsFor(developer, { state: 'granted', mine: 'true' })).toEqual([id]);
    expect(await idsFor(developer, { state: 'granted', mine: 'false' })).toEqual([]);
    expect(await idsFor(it1, { state: 'granted', agentId: agents.helper })).toEqual([]);
    expect(await idsFor(it1, { state: 'granted', toolId: tools.refund })).toEqual([id]);
  });
});
