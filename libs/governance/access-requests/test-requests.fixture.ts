import { executeThen } from '#libs/engine/commands';
import { PolicyPublication, PublishPolicy, RejectPolicy } from '#libs/governance/policies';
import type { Actor } from '#libs/platform/kernel';
import { itWith, type PersonActor } from '#libs/dev/testing';
import { createTestRequestOrganisation } from './access-requests.fixture.js';
import { accessRequestDetailSchema } from './access-requests.schemas.js';
import { DraftAccessGrant } from './commands/draft-access-grant.js';
import { RejectAccessRequest, WithdrawAccessRequest } from './commands/end-access-request.js';
import { RequestAccess } from './commands/request-access.js';

/** For specs: why a decision was taken. */
export const decision = { note: 'so it is' };

/** For specs: an organisation with everybody who takes part in a request, on a database of its own. */
export const createTestRequests = async () => {
  const organisation = await createTestRequestOrganisation();
  const { runtime, addPerson, teams, db, agents, tools } = organisation;
  const request = new RequestAccess(runtime);
  const publishPolicy = new PublishPolicy(runtime);
  const publication = new PolicyPublication(runtime, publishPolicy);
  const command = new DraftAccessGrant(runtime);
  /** As the API does it: what is drafted waits at once for the person who confirms its publication. */
  const draft = {
    execute: (actor: Actor, input: unknown) =>
      executeThen(runtime, actor, { command, input }, ({ versionId }) => ({
        command: publishPolicy,
        input: { id: versionId },
      })),
  };
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
    organisation,
    request,
    draft,
    reject: new RejectAccessRequest(runtime),
    withdraw: new WithdrawAccessRequest(runtime),
    publish: {
      execute: (actor: PersonActor, version: { id: string; note: string }) =>
        publication.confirm(actor, version),
    },
    rejectPolicy: new RejectPolicy(runtime),
    developer,
    it1,
    it2: await addPerson(['it']),
    draftRequest,
    grant,
    versionOf,
    see: async (id: string, as: PersonActor = it1) =>
      accessRequestDetailSchema.parse(await organisation.queries.get(as, id)),
    /** A request that its owner drafted. */
    drafted: async (by = developer, over: object = {}) => {
      const { id } = await request.execute(by, draftRequest(over));
      await draft.execute(organisation.owner, { id, ...grant() });
      return { id, versionId: await versionOf(id) };
    },
    /** Whether the agent of the request may use its tool. */
    allowed: async (now = organisation.clock.at, amount = 1): Promise<boolean> =>
      (await organisation.evaluate(agents.seller, tools.refund, now, amount)).effect === 'allow',
    /** One pending request a pair: each test leaves none behind. */
    tidy: async () => {
      await db.policyVersion.updateMany({ data: { state: 'archived' } });
      await db.accessRequest.updateMany({ data: { state: 'withdrawn' } });
    },
    close: () => organisation.close(),
  };
};

/** For specs: what {@link createTestRequests} made. */
export type TestRequests = Awaited<ReturnType<typeof createTestRequests>>;

/** For specs: `it` with them. */
export const itWithRequests = itWith(createTestRequests);
