import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { DAY_MS, DomainError, newId } from '#libs/platform/kernel';
import { grantDelegationSchema } from '../delegations.schemas.js';

const inputSchema = grantDelegationSchema.extend({
  /** Who consents: only they themselves may. */
  personId: idSchema,
});

// More consents than anybody can keep in mind are none.
const MAX_ACTIVE = 50;

/** A person lets an agent act for them: always for oneself, and never for longer than a year. */
export class GrantDelegation extends command({
  name: 'grant-delegation',
  permission: { action: 'start', subject: 'Delegation' },
  changesRights: 'people',
  creates: true,
  locksFirst: 'delegations',
  input: inputSchema,
  load: (_, { personId }) => ({ id: newId(), personId }),
  rejection() {
    return new DomainError('forbidden', 'Nobody consents for somebody else: ask them to do it.');
  },
  async run({ tx, now, actor }, { agentId, purpose, serverId, days }, { id, personId }) {
    // Nobody consents for somebody else, the system included.
    if (actor.kind !== 'person') {
      throw new DomainError('forbidden', 'Only a person can let an agent act for them.');
    }
    const agent = await activeAgent(tx, agentId);
    await assertServer(tx, serverId);
    await assertRoom(tx, { personId, agentId, serverId, now });
    const expiresAt = new Date(now.getTime() + days * DAY_MS);
    await tx.delegation.create({
      data: { id, personId, agentId, serverId, purpose, createdAt: now, expiresAt },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: agent.name },
      facts: { personId, agentId, serverId, expiresAt: expiresAt.toISOString() },
      reason: purpose,
    };
  },
}) {}

const activeAgent = async (tx: Tx, id: string): Promise<{ name: string }> => {
  // Locked, so that an agent that is being suspended is not given anything at the same time.
  await tx.$queryRaw`SELECT 1 FROM agent WHERE id = ${id}::uuid FOR SHARE`;
  const agent = await tx.agent.findUnique({ where: { id, state: 'active' } });
  if (agent !== null) return agent;
  throw invalid('agentId', 'This active agent does not exist: choose from the list of agents.');
};

const assertServer = async (tx: Tx, serverId: string | null): Promise<void> => {
  if (serverId === null || (await tx.toolServer.count({ where: { id: serverId } })) > 0) return;
  throw invalid(
    'serverId',
    'This tool server does not exist: choose from the list, or leave it out.',
  );
};

const assertRoom = async (
  tx: Tx,
  { now, ...same }: { personId: string; agentId: string; serverId: string | null; now: Date },
): Promise<void> => {
  const standing = { withdrawnAt: null, expiresAt: { gt: now } };
  if ((await tx.delegation.count({ where: { ...same, ...standing } })) > 0) {
    throw new DomainError(
      'conflict',
      'This agent may act for you there already. Withdraw that delegation to grant another.',
    );
  }
  const { personId } = same;
  if ((await tx.delegation.count({ where: { personId, ...standing } })) < MAX_ACTIVE) return;
  throw new DomainError(
    'conflict',
    `You have ${MAX_ACTIVE} active delegations. Withdraw those that you do not need.`,
  );
};

const invalid = (path: string, message: string): DomainError =>
  new DomainError('invalid_input', message, { problems: [{ path, message: 'does not exist' }] });
