import type { SubjectName } from '#libs/platform/access';
import type { Actor, DomainError, Json } from '#libs/platform/kernel';
import type { CommandEntryInput } from '#libs/engine/ledger';
import type { Change } from './change.js';
import { outcomeOf } from './command-errors.js';

/** How the ledger calls a kind of thing: `ToolServer` is `tool_server`. */
export const ledgerKind = (subject: SubjectName): string =>
  subject.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

type Names = Record<string, string>;

const namesOf = (actor: Actor, email: string | null, others: Names): Json => ({
  ...others,
  actor: actor.name,
  ...(email === null ? {} : { actorEmail: email }),
});

/** The entry of a command that succeeded, or was only proposed: ids and enums in the clear, words and names as payloads. */
export const doneEntry = (
  command: { name: string; subject: SubjectName },
  actor: Actor,
  email: string | null,
  change: Omit<Change<unknown>, 'output'>,
  outcome: 'succeeded' | 'proposed' = 'succeeded',
): CommandEntryInput => ({
  type: command.name,
  actor: { kind: actor.kind, id: actor.id },
  subject: { kind: ledgerKind(command.subject), id: change.subject.id },
  data: { command: command.name, outcome, code: null, facts: change.facts },
  payloads: {
    names: namesOf(actor, email, { ...change.names, subject: change.subject.name }),
    ...(change.reason === undefined ? {} : { reason: change.reason }),
    ...(change.changes === undefined ? {} : { changes: change.changes }),
  },
});

/** The entry of a command that was rejected or failed; the reason is the sentence the actor is told. */
export const rejectedEntry = (
  command: { name: string; subject: SubjectName },
  actor: Actor,
  email: string | null,
  error: DomainError,
  subjectId: string | null,
): CommandEntryInput => ({
  type: command.name,
  actor: { kind: actor.kind, id: actor.id },
  ...(subjectId === null ? {} : { subject: { kind: ledgerKind(command.subject), id: subjectId } }),
  data: { command: command.name, outcome: outcomeOf(error), code: error.code, facts: {} },
  payloads: { names: namesOf(actor, email, {}), reason: error.message },
});
