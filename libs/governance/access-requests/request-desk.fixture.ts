import { PublishPolicy, RejectPolicy } from '#libs/governance/policies';
import { itWith, type PersonActor } from '#libs/dev/testing';
import { createTestOffice } from './access-requests.fixture.js';
import { accessRequestDetailSchema } from './access-requests.schemas.js';
import { DraftAccessGrant } from './commands/draft-access-grant.js';
import { RejectAccessRequest, WithdrawAccessRequest } from './commands/end-access-request.js';
import { RequestAccess } from './commands/request-access.js';

/** For specs: why a decision was taken. */
export const decision = { note: 'so it is' };

/** For specs: an office with everybody who takes part in a request, on a database of its own. */
export const createTestDesk = async () => {
  const office = await createTestOffice();
  const { runtime, addPerson, teams, db, agents, tools } = office;
  const request = new RequestAccess(runtime);
  const draft = new DraftAccessGrant(runtime);
  const developer = await addPerson(['developer'], { teamIds: [teams.sales] });
  const it1 = await addPerson(['it']);

  const draftRequest = (over: object = {}) => ({
    agentId: agents.seller,
    toolId: tools.refund,
    justification: 'customers wait for their money',
    durationHours: 48,
    ...over,
  });
  const grant = (over: object = {}) => ({
    when: 'arguments: { amount: { lte: 100 } }',
    durationHours: 24,
    note: 'small ones only',
    ...over,
  });
  const versionOf = async (id: string): Promise<string> => {
    const { versionId } = await db.accessRequest.findUniqueOrThrow({ where: { id } });
    if (versionId === null) throw new Error('nothing was drafted');
    return versionId;
  };

  return {
    office,
    request,
    draft,
    reject: new RejectAccessRequest(runtime),
    withdraw: new WithdrawAccessRequest(runtime),
    publish: new PublishPolicy(runtime),
    rejectPolicy: new RejectPolicy(runtime),
    developer,
    it1,
    it2: await addPerson(['it']),
    draftRequest,
    grant,
    versionOf,
    see: async (id: string, as: PersonActor = it1) =>
      accessRequestDetailSchema.parse(await office.queries.get(as, id)),
    /** A request that its owner drafted. */
    drafted: async (by = developer, over: object = {}) => {
      const { id } = await request.execute(by, draftRequest(over));
      await draft.execute(office.owner, { id, ...grant() });
      return { id, versionId: await versionOf(id) };
    },
    /** Whether the agent of the request may use its tool. */
    allowed: async (now = office.clock.at, amount = 1): Promise<boolean> =>
      (await office.evaluate(agents.seller, tools.refund, now, amount)).effect === 'allow',
    /** One pending request a pair: each test leaves none behind. */
    tidy: async () => {
      await db.policyVersion.updateMany({ data: { state: 'archived' } });
      await db.accessRequest.updateMany({ data: { state: 'withdrawn' } });
    },
    close: () => office.close(),
  };
};

/** For specs: what {@link createTestDesk} made. */
export type TestDesk = Awaited<ReturnType<typeof createTestDesk>>;

/** For specs: `it` with them. */
export const itWithDesk = itWith(createTestDesk);
