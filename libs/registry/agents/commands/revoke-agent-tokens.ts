import { revokeAgentAccess } from '../agents.changes.js';
import { assertNotRetired } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/** Signs an agent out: its tokens issued until now stop counting, and it may come with new ones. */
export class RevokeAgentTokens extends changeOfAgent({
  name: 'revoke-agent-tokens',
  // Less than suspending it, so a person who may suspend it may do this.
  action: 'suspend',
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  input: changeAgentStateSchema,
  async run(ctx, { id, reason }, agent) {
    assertNotRetired(agent.state);
    await revokeAgentAccess(ctx, id);
    return {
      output: { id },
      subject: agent,
      facts: { tokensRevokedBefore: ctx.now.toISOString() },
      reason,
    };
  },
}) {}
