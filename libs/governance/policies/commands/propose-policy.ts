import { command, type CommandContext } from '#libs/engine/commands';
import { DomainError, newId, personIdOf } from '#libs/platform/kernel';
import type { z } from 'zod';
import { loadPolicyCatalog } from '../policies.loader.js';
import {
  assertBasis,
  createPolicy,
  createVersion,
  findActive,
  lintContextOf,
  type Basis,
} from '../policies.repository.js';
import { proposePolicySchema } from '../policies.schemas.js';
import { lockPolicy } from '../policies.sql.js';
import { usableText } from '../policy-texts.js';

type Input = z.infer<typeof proposePolicySchema>;
interface NewProposal {
  id: string;
  proposedById: string | null;
  state: string;
  kind: 'policy';
  requestedById: null;
}
interface Target {
  policyId: string;
  name: string;
  basis: Basis | null;
}

/** Proposes a version of a policy, or the first one of a new policy; another person decides on it. */
export class ProposePolicy extends command({
  name: 'propose-policy',
  permission: { action: 'propose', subject: 'PolicyVersion' },
  // What is in review decides nothing.
  changesRights: false,
  emergency: { rejected: 'it takes two people with the role' },
  creates: true,
  input: proposePolicySchema,
  load: ({ actor }) => newProposal(actor),
  async run(ctx, input, { id, proposedById }) {
    const { tx, now } = ctx;
    const { policyId, name, basis } = await targetOf(ctx, input);
    const basedOnId = basis?.id ?? null;
    const { text, note } = input;
    const catalog = await loadPolicyCatalog(tx);
    const context = await lintContextOf(now, basis);
    const { rules, bindings } = await usableText(text, catalog, context);
    const number = await createVersion(
      ctx,
      { id, policyId, text, bindings, note, basedOnId, proposedById, proposedAt: now },
      { state: 'in_review' },
    );
    return {
      output: { id },
      subject: { id, name: `${name} version ${number}` },
      facts: { policyId, number, basedOnId, ruleCount: rules.length, state: 'in_review' },
      reason: note,
    };
  },
}) {}

/** The version that is about to be proposed by this actor. */
export const newProposal = (actor: CommandContext['actor']): NewProposal => ({
  id: newId(),
  proposedById: personIdOf(actor),
  state: 'in_review',
  kind: 'policy',
  requestedById: null,
});

const targetOf = async ({ tx, now }: CommandContext, input: Input): Promise<Target> => {
  if ('name' in input) {
    const { name, description } = input;
    const policyId = await createPolicy(tx, { name, description, now });
    return { policyId, name, basis: null };
  }
  const { policyId, basedOnId } = input;
  await lockPolicy(tx, policyId);
  const policy = await tx.policy.findUnique({
    where: { id: policyId },
    select: { name: true, kind: true },
  });
  if (policy === null) throw new DomainError('not_found', 'This policy was not found.');
  // IT publishes access grants alone, so nothing but what was drafted for a request may become one.
  if (policy.kind === 'access_grant') {
    const message = 'An access grant is not rewritten: end it, or ask for access again.';
    throw new DomainError('conflict', message);
  }
  const basis = await findActive(tx, policyId);
  await assertBasis(tx, basedOnId, basis);
  return { policyId, name: policy.name, basis };
};
