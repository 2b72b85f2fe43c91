import { raiseAlert } from '#libs/engine/alert-records';
import { can, type Permission, type Subjects } from '#libs/platform/access';
import { DAY_MS, DomainError, HOUR_MS, type Actor } from '#libs/platform/kernel';
import type { SecretBox } from '#libs/platform/secrets';
import { createHash } from 'node:crypto';
import type { Change, CommandContext } from '../change.js';
import { ledgerKind } from '../command-entry.js';
import type { CommandRuntime } from '../command-runtime.js';
import { hasConfirmer } from './has-confirmer.js';
import { confirmersOf, insertProposedChange } from './proposed-changes.repository.js';
import type { PairEffect } from './rights.js';
import type { ProposedChangeRef, SecondPerson } from './second-person.js';

/** For how long a proposed change can be confirmed. */
const LIFETIME_MS = 7 * DAY_MS;

type Person = Extract<Actor, { kind: 'person' }>;

/** The person with the roles that have cooled off alone. */
export const settled = (person: Person): Person => ({
  ...person,
  roles: person.roles.filter((role) => person.coolingOffRoles?.includes(role) !== true),
  coolingOffRoles: [],
});

/** Rejects somebody who may do it by a role that is too new, or by an emergency, alone. */
export const assertSettled = (
  person: Actor,
  { action, subject }: Permission,
  instance: Subjects[Permission['subject']],
): void => {
  if (person.kind === 'person' && can(settled(person), action, subject, instance)) return;
  throw new DomainError(
    'forbidden',
    'This takes two people whose roles have cooled off, and yours is too new, or of an emergency. Ask a colleague to propose it.',
  );
};

/**
 * A digest of the instance that a change is about: what is confirmed must still be based on what it was
 * proposed on. Of something that comes into being (`subjectId` is null) the id is made anew each time.
 */
export const basisOf = (subjectId: string | null, instance: unknown): string => {
  const fixed = subjectId === null ? { ...(instance as object), id: undefined } : instance;
  return createHash('sha256').update(JSON.stringify(fixed)).digest('base64url');
};

/** What is proposed. */
export interface Proposal {
  command: { name: string; subject: Permission['subject'] };
  input: unknown;
  /** {@link basisOf} the instance. */
  basis: string;
  need: SecondPerson;
  /** What the command would do, as it was tried and undone. */
  change: Omit<Change<unknown>, 'output'>;
  /** How it would change what agents may call. */
  pairs: PairEffect | null;
}

/** Writes the proposal down, for a second person to confirm. */
export const propose = async (
  ctx: CommandContext,
  runtime: CommandRuntime,
  { command, input, basis, need, change, pairs }: Proposal,
): Promise<ProposedChangeRef> => {
  const { tx, actor, now, coolingOffHours } = ctx;
  const isAlone =
    need.neverAlone !== true && !(await hasConfirmer(tx, actor.id, confirmersOf(need), ctx));
  const aloneFrom = isAlone ? new Date(now.getTime() + coolingOffHours * HOUR_MS) : null;
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  const id = await insertProposedChange(tx, secretsOf(runtime), {
    command: command.name,
    subjectKind: ledgerKind(command.subject),
    subjectId: change.subject.id,
    subjectName: change.subject.name,
    proposedById: actor.id,
    proposedAt: now,
    expiresAt,
    aloneFrom,
    need,
    content: {
      input,
      basis,
      effect: { facts: change.facts, changes: change.changes ?? null, pairs },
      reason: change.reason ?? null,
    },
  });
  if (aloneFrom !== null)
    await raiseAlert(tx, now, {
      kind: 'change_waits_alone',
      subject: { kind: 'proposed_change', id },
      message: `${actor.name} proposed ${command.name} of ${change.subject.name}, and nobody else can confirm it. Unless somebody can by ${aloneFrom.toISOString()}, they may carry it out alone then. ${need.explanation}`,
      by: actor,
    });
  return { id, explanation: need.explanation, expiresAt: expiresAt.toISOString() };
};

/** The box of a process whose commands may need a second person. */
export const secretsOf = ({ secrets }: CommandRuntime): SecretBox => {
  if (secrets === undefined) throw new Error('this process cannot seal what is proposed');
  return secrets;
};
