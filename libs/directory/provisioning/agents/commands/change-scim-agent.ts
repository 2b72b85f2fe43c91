import { suspendAgentNow } from '#libs/registry/agents';
import { command } from '#libs/engine/commands';
import type { JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { connectionOf } from '../../connection-of.js';
import { assertMatches } from '../../protocol/etag.js';
import { badRequest } from '../../errors.js';
import { changeInputSchema } from '../../resource/change-input.js';
import { changedNames, changedResource, saysTheSame } from '../../resource/changed.js';
import type { AgentDraft } from '../agent-draft.js';
import { AGENT_TYPES, DRAFTS, ownerIds } from '../agent.columns.js';
import {
  agentAttributes,
  keptOf,
  lockScimAgent,
  updateScimAgent,
} from '../scim-agents.repository.js';

const inputSchema = changeInputSchema.extend({ resourceType: z.enum(AGENT_TYPES) });

const REASON = 'The provisioning client deactivated it.';

const assertImmutable = (draft: AgentDraft, before: JsonObject, after: JsonObject): void => {
  if (draft.nameOf(after) !== draft.nameOf(before))
    throw badRequest('mutability', 'The name of an agent stays: make another agent.');
  if (!saysTheSame(ownerIds(after), ownerIds(before)))
    throw badRequest('mutability', 'The owners of an agent stay: change its owner in the console.');
};

/** Changes what a provisioning client says of an agent; `active: false` suspends it at once. */
export class ChangeScimAgent extends command({
  name: 'change-scim-agent',
  permission: { action: 'provision', subject: 'Agent' },
  changesRights: 'registry',
  actors: 'scim',
  input: inputSchema,
  load: async (ctx, { id, resourceType }) =>
    lockScimAgent(ctx.tx, connectionOf(ctx), resourceType, id),
  async run(ctx, { ifMatch, change, resourceType }, { id, row }) {
    assertMatches(ifMatch, row.version);
    const draft = DRAFTS[resourceType];
    const before = agentAttributes(row);
    const after = changedResource(draft.type, before, change);
    assertImmutable(draft, before, after);
    if ('patch' in change && after['active'] === undefined)
      throw badRequest('mutability', 'active always has a value: set it to false instead.');
    const suspended = after['active'] === false && (await suspendAgentNow(ctx, id, REASON));
    const changed = changedNames(keptOf(before), keptOf(after));
    const isChanged = changed.length > 0 || suspended;
    if (isChanged) await updateScimAgent(ctx, id, keptOf(after));
    return {
      output: { id, version: row.version + (isChanged ? 1 : 0) },
      subject: { id, name: row.agent.name },
      facts: { connectionId: row.connectionId, resourceType, suspended, from: row.agent.state },
      ...(suspended ? { reason: REASON } : {}),
      keepsRights: !suspended,
    };
  },
}) {}
