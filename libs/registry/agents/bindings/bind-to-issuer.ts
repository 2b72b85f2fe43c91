import type { CommandContext } from '#libs/engine/commands';
import { bindingProblems } from '#libs/trust/token-verification';
import { DomainError, type Problem } from '#libs/platform/kernel';
import { z } from 'zod';
import { bindingConditionSchema, type NewBinding } from './bindings.schemas.js';
import type { BindingRow } from './binding-row.js';
import { exclude } from './conditions.js';
import { takenBy } from './taken-by.js';

type IssuerBinding = Extract<NewBinding, { issuerId: string }>;
type TokenBinding = Pick<BindingRow, 'kind' | 'subject' | 'conditions'> & {
  kind: IssuerBinding['kind'];
  issuerId: string;
};

const storedConditionsSchema = z.array(bindingConditionSchema);

/** A binding to a subject or a client of a trusted issuer, once it is narrow and matches no other's tokens. */
export const bindingToIssuer = async (
  ctx: CommandContext,
  binding: IssuerBinding,
): Promise<BindingRow> => {
  const tokenBinding: TokenBinding =
    binding.kind === 'subject'
      ? binding
      : { ...binding, subject: binding.clientId, conditions: [] };
  await assertIsNarrow(ctx, tokenBinding);
  await assertIsNotBlocked(ctx, tokenBinding);
  await assertMatchesNoOther(ctx, tokenBinding);
  const { kind, issuerId, subject, conditions } = tokenBinding;
  return { kind, issuerId, subject, conditions, publicKey: null };
};

const assertIsNarrow = async (
  { tx }: CommandContext,
  tokenBinding: TokenBinding,
): Promise<void> => {
  const { issuerId, kind, subject, conditions } = tokenBinding;
  // Held, so that bindings to one issuer follow each other and see each other.
  await tx.$queryRaw`SELECT 1 FROM issuer WHERE id = ${issuerId}::uuid FOR NO KEY UPDATE`;
  const issuer = await tx.issuer.findUnique({
    where: { id: issuerId, retiredAt: null },
    select: { profile: true, audiences: true },
  });
  if (issuer === null) {
    const message = 'The issuer is not one of the trusted issuers. Choose one of them.';
    throw new DomainError('invalid_input', message, {
      problems: [{ path: 'issuerId', message: 'there is no such trusted issuer' }],
    });
  }
  const problems = bindingProblems({ ...issuer, kind, subject, conditions }).map((problem) =>
    kind === 'client' ? atClient(problem) : problem,
  );
  const [first] = problems;
  if (first !== undefined) throw new DomainError('invalid_input', first.message, { problems });
};

// A client binding's one name is called `clientId` in its form.
const atClient = ({ path, message }: Problem): Problem => ({
  path: path === 'subject' ? 'clientId' : path,
  message,
});

const assertIsNotBlocked = async (
  { tx }: CommandContext,
  tokenBinding: TokenBinding,
): Promise<void> => {
  const { kind, issuerId, subject } = tokenBinding;
  if (kind === 'client') return;
  const blocked = await tx.unregisteredAgent.count({
    where: { issuerId, subject, blockedAt: { not: null } },
  });
  if (blocked === 0) return;
  const message =
    'This subject was blocked as an unregistered agent. Unblock it there first, with a reason.';
  throw new DomainError('conflict', message, {
    problems: [{ path: 'subject', message: 'is blocked' }],
  });
};

// A token that matches two bindings would be rejected: say so when the second is saved.
const assertMatchesNoOther = async (
  ctx: CommandContext,
  tokenBinding: TokenBinding,
): Promise<void> => {
  const { kind, issuerId, subject, conditions } = tokenBinding;
  const others = await ctx.tx.binding.findMany({
    where: { issuerId, kind, subject },
    select: { agentId: true, conditions: true },
  });
  const overlap = others.find(
    (other) => !exclude(storedConditionsSchema.parse(other.conditions), conditions),
  );
  if (overlap === undefined) return;
  throw await takenBy(ctx, overlap.agentId, kind, kind === 'client' ? 'clientId' : 'subject');
};
