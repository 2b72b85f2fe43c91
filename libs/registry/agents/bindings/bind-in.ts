import { raiseAlert } from '#libs/engine/alerts';
import type { CommandContext } from '#libs/engine/commands';
import { DomainError, newId } from '#libs/platform/kernel';
import type { LoadedAgent } from '../agents.repository.js';
import { assertNotRetired } from '../agents.rules.js';
import type { NewBinding } from './bindings.schemas.js';
import { digestOf, inOrder } from './conditions.js';
import { bindingToIssuer } from './bind-to-issuer.js';
import type { BindingRow } from './binding-row.js';
import { readOwnKey } from './own-key.js';
import { takenBy } from './taken-by.js';

/** A binding to a key of the agent's own, once the key is sound and nobody else's. */
const bindingToKey = async (
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

/** What an agent was bound by, for its ledger entry. */
export interface BoundFacts {
  bindingId: string;
  kind: NewBinding['kind'];
  issuerId: string | null;
  conditionCount: number;
}

const MAX_BINDINGS = 50;

/**
 * Binds an agent inside another command's transaction. The agent's row must be held, and that command
 * must change rights in the registry.
 * @throws DomainError `invalid_input` for a binding that is too broad, `conflict` for one that a token
 * could match beside another
 */
export const bindAgentIn = async (
  ctx: CommandContext,
  agent: Pick<LoadedAgent, 'id' | 'name' | 'state' | 'bindingCount'>,
  binding: NewBinding,
): Promise<{ facts: BoundFacts; subject: string; issuer: string | null }> => {
  assertNotRetired(agent.state);
  if (agent.bindingCount >= MAX_BINDINGS) throw tooMany();
  const row =
    binding.kind === 'key'
      ? await bindingToKey(ctx, agent.id, binding)
      : await bindingToIssuer(ctx, binding);
  const id = newId();
  const { kind, issuerId, subject, publicKey } = row;
  const conditions = inOrder(row.conditions);
  await ctx.tx.binding.create({
    data: {
      id,
      agentId: agent.id,
      kind,
      issuerId,
      subject,
      conditions,
      conditionsDigest: digestOf(conditions),
      ...(publicKey === null ? {} : { publicKey }),
      createdAt: ctx.now,
    },
    select: { id: true },
  });
  await alertOfBinding(ctx, agent, binding.kind);
  const facts = { bindingId: id, kind, issuerId, conditionCount: conditions.length };
  return { facts, subject, issuer: await urlOf(ctx, issuerId) };
};

// For people: an id tells them nothing.
const urlOf = async ({ tx }: CommandContext, issuerId: string | null): Promise<string | null> => {
  if (issuerId === null) return null;
  const { url } = await tx.issuer.findUniqueOrThrow({
    where: { id: issuerId },
    select: { url: true },
  });
  return url;
};

// Before it is activated nothing is reached by it; afterwards a binding lets somebody else use what it may.
const alertOfBinding = async (
  { tx, now, actor }: CommandContext,
  { id, name, state }: Pick<LoadedAgent, 'id' | 'name' | 'state'>,
  kind: NewBinding['kind'],
): Promise<void> => {
  if (state === 'draft') return;
  await raiseAlert(tx, now, {
    kind: 'binding_added',
    subject: { kind: 'agent', id },
    message: `${actor.name} bound the agent ${name} to another ${kind === 'key' ? 'key' : `${kind} of an issuer`}.`,
    by: actor,
  });
};

const tooMany = (): DomainError =>
  new DomainError(
    'conflict',
    `The agent has ${MAX_BINDINGS} bindings, which is as many as one can have. Take one away first.`,
  );
