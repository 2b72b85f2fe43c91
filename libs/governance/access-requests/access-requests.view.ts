import type { AccessRequestGetPayload, AccessRequestInclude } from '#libs/platform/db';
import { accessGrantEnd } from '#libs/governance/policies';
import { ownershipOf } from './access-requests.repository.js';
import { stateOf } from './access-requests.rules.js';
import type { AccessRequestView } from './access-requests.schemas.js';

const PERSON = { select: { id: true, name: true, email: true } };
const OWNER = { select: { ...PERSON.select, disabledAt: true } };

/** What a screen about a request joins. */
export const REQUEST_INCLUDE = {
  agent: { select: { id: true, name: true, teamId: true } },
  tool: {
    select: {
      id: true,
      name: true,
      server: { select: { slug: true, ownerId: true, teamId: true, owner: OWNER } },
    },
  },
  requestedBy: PERSON,
  draftedBy: PERSON,
  decidedBy: PERSON,
  version: { include: { decidedBy: PERSON } },
} as const satisfies AccessRequestInclude;

/** A request's row with {@link REQUEST_INCLUDE}. */
export type RequestRow = AccessRequestGetPayload<{ include: typeof REQUEST_INCLUDE }>;

/** The row as lists show it; what was decided on its access grant is what was decided on it. */
export const toRequestView = async (row: RequestRow): Promise<AccessRequestView> => {
  const { tool, version } = row;
  const state = stateOf(row);
  const decided = row.state === 'drafted' ? version : row;
  return {
    id: row.id,
    state,
    agent: row.agent,
    tool: {
      id: tool.id,
      server: tool.server.slug,
      name: tool.name,
      owner: tool.server.owner,
      teamId: tool.server.teamId,
    },
    requestedConstraints: row.requestedConstraints,
    justification: row.justification,
    durationHours: row.durationHours,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    canOwnerDraft: ownershipOf(tool, row.requestedById).canOwnerDraft,
    draftedBy: row.draftedBy,
    draftedAt: row.draftedAt?.toISOString() ?? null,
    decidedBy: decided?.decidedBy ?? null,
    decidedAt: decided?.decidedAt?.toISOString() ?? null,
    decisionNote: decided?.decisionNote ?? null,
    grant: version === null ? null : await toAccessGrantView(version),
  };
};

const toAccessGrantView = async (
  version: NonNullable<RequestRow['version']>,
): Promise<AccessRequestView['grant']> => ({
  policyId: version.policyId,
  versionId: version.id,
  state: version.state,
  expiresAt: (await accessGrantEnd(version.id, version)).toISOString(),
  endedAt: version.archivedAt?.toISOString() ?? null,
});
