import { changeOf, type CommandContext } from '#libs/engine/commands';
import type { Database, Tx } from '#libs/platform/db';
import { DomainError, newId } from '#libs/platform/kernel';
import {
  readNameBindings,
  type CallRule,
  type LintContext,
  type NameBinding,
} from '#libs/engine/policy';
import { readRules } from './policies.loader.js';
import { lockPolicy } from './policies.sql.js';

/** A version as commands need it. */
export interface LoadedVersion {
  id: string;
  policyId: string;
  number: number;
  state: string;
  text: string;
  bindings: readonly NameBinding[];
  basedOnId: string | null;
  note: string;
  proposedById: string | null;
  policyName: string;
  kind: 'policy' | 'access_grant';
  /** Who asked for the access grant; null for a policy. */
  requestedById: string | null;
}

/** A policy's active version, as far as the next one builds on it. */
export interface Basis {
  id: string;
  number: number;
  text: string;
  bindings: readonly NameBinding[];
}

/** What a new policy is called. */
export interface NewPolicy {
  name: string;
  description: string;
  kind?: 'policy' | 'access_grant';
  now: Date;
}

/** What a new version holds. */
export interface NewVersion {
  id: string;
  policyId: string;
  text: string;
  bindings: readonly NameBinding[];
  note: string;
  basedOnId: string | null;
  proposedById: string | null;
  proposedAt: Date;
}

/** What a change of versions needs of its command. */
export type SigningContext = Pick<CommandContext, 'tx' | 'signs' | 'signsNew'>;

/** Loads a version while holding its policy. */
export const lockVersion = async (
  { tx, signs }: SigningContext,
  id: string,
): Promise<LoadedVersion | null> => {
  const version = await tx.policyVersion.findUnique({ where: { id }, select: { policyId: true } });
  if (version === null) return null;
  await lockPolicy(tx, version.policyId);
  await signs('policy_version', [id]);
  const row = await tx.policyVersion.findUniqueOrThrow({
    where: { id },
    include: {
      policy: { select: { name: true, kind: true } },
      accessRequest: { select: { requestedById: true } },
    },
  });
  const { policyId, number, state, text, basedOnId, note, proposedById } = row;
  const loaded = { id, policyId, number, state, text, basedOnId, note, proposedById };
  return {
    ...loaded,
    bindings: readNameBindings(row.bindings) ?? [],
    policyName: row.policy.name,
    kind: row.policy.kind,
    requestedById: row.accessRequest?.requestedById ?? null,
  };
};

/** The policy's active version, or null. */
export const findActive = async (tx: Database | Tx, policyId: string): Promise<Basis | null> => {
  const row = await tx.policyVersion.findFirst({
    where: { policyId, state: 'active' },
    select: { id: true, number: true, text: true, bindings: true },
  });
  return row && { ...row, bindings: readNameBindings(row.bindings) ?? [] };
};

/**
 * How a text that builds on this is looked at: what ended in the basis need not be removed first, and its
 * names stand for what they stand for there.
 */
export const lintContextOf = async (now: Date, basis: Basis | null): Promise<LintContext> => {
  if (basis === null) return { now };
  const rules = (await readRules(basis.id, basis)) ?? [];
  return { now, before: rules.map(endOf), bound: basis.bindings };
};

const endOf = ({ conditions: { rule: name, expiresAtMs } }: CallRule) => ({ name, expiresAtMs });

/** Adds a policy without a version. */
export const createPolicy = async (
  tx: Tx,
  { name, description, kind = 'policy', now }: NewPolicy,
): Promise<string> => {
  if ((await tx.policy.count({ where: { name } })) > 0) {
    const message = `A policy is named ${name} already. Propose a version of it, or choose another name.`;
    throw new DomainError('conflict', message, {
      problems: [{ path: 'name', message: 'is taken' }],
    });
  }
  const id = newId();
  await tx.policy.create({ data: { id, kind, name, description, createdAt: now } });
  return id;
};

/** Adds a version under the policy's next number; the policy must be held ({@link lockPolicy}). */
export const createVersion = async (
  { tx, signsNew }: SigningContext,
  version: NewVersion,
  decided: { state: 'in_review' } | { state: 'active'; decisionNote: string },
): Promise<number> => {
  const { _max: max } = await tx.policyVersion.aggregate({
    where: { policyId: version.policyId },
    _max: { number: true },
  });
  const number = (max.number ?? 0) + 1;
  signsNew('policy_version', [version.id]);
  await tx.policyVersion.create({
    data: {
      ...version,
      bindings: version.bindings.map(({ kind, name, id }) => ({ kind, name, id })),
      ...decided,
      ...(decided.state === 'active' ? { decidedAt: version.proposedAt } : {}),
      number,
    },
    select: { id: true },
  });
  return number;
};

/** Rejects when what a version was based on is not what is active now. */
export const assertBasis = async (
  tx: Tx,
  basedOnId: string | null,
  active: Basis | null,
): Promise<void> => {
  if (basedOnId === (active?.id ?? null)) return;
  const basis =
    basedOnId === null
      ? null
      : await tx.policyVersion.findUnique({ where: { id: basedOnId }, select: { number: true } });
  const from = basis === null ? 'no version' : `version ${basis.number}`;
  const now = active === null ? 'none' : String(active.number);
  const message = `This is based on ${from}, but ${now} is active: look at what changed, then propose again.`;
  throw new DomainError('conflict', message);
};

/** A change of one policy version: its row is held while it is made. */
export const changeOfPolicyVersion = changeOf('PolicyVersion', lockVersion);
