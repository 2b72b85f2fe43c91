import type { CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import type { NewBinding } from './bindings.schemas.js';
import type { BindingRow } from './binding-row.js';
import { readOwnKey } from './own-key.js';
import { takenBy } from './taken-by.js';

/** A binding to a key of the agent's own, once the key is sound and nobody else's. */
export const bindingToKey = async (
  ctx: CommandContext,
  agentId: string,
  { publicKey }: Extract<NewBinding, { kind: 'key' }>,
): Promise<BindingRow> => {
  const { thumbprint, jwk } = await readOwnKey(publicKey);
  const where = { kind: 'key', issuerId: null } as const;
  const taken = await ctx.tx.binding.findFirst({
    where: { ...where, subject: thumbprint },
    select: { agentId: true },
  });
  if (taken !== null) throw await takenBy(ctx, taken.agentId, 'key', 'publicKey');
  if (jwk['kid'] !== undefined) await assertKeyIdIsFree(ctx, agentId, jwk['kid']);
  return { ...where, subject: thumbprint, conditions: [], publicKey: jwk };
};

// Which of an agent's keys signed an assertion is told by `kid`, so it names one of them.
const assertKeyIdIsFree = async (
  { tx }: CommandContext,
  agentId: string,
  kid: string,
): Promise<void> => {
  const keys = await tx.binding.count({
    where: { agentId, kind: 'key', publicKey: { path: ['kid'], equals: kid } },
  });
  if (keys === 0) return;
  const message = 'The agent has another key of this id (kid). Choose another id, or leave it out.';
  throw new DomainError('conflict', message, {
    problems: [{ path: 'publicKey.kid', message: 'is taken' }],
  });
};
