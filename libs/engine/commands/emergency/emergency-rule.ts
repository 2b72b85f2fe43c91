import type { CommandContext } from '../change.js';

/**
 * What becomes of what somebody did by emergency access alone (invariant I10). A command that says nothing is not for
 * them.
 */
export type EmergencyRule =
  /** Why it stays: it takes rights away, is a record, or gives nobody anything. */
  | { readonly stays: string }
  /** Why it waits for somebody who has the right by a role of their own. */
  | { readonly rejected: string }
  /** What is done when the emergency ends, unless two people keep it; `undo` does it, once or again. */
  | {
      readonly ends: string;
      readonly undo: (ctx: CommandContext, change: UndoableChange) => Promise<unknown>;
    };

/** What an undo has to go by. */
export interface UndoableChange {
  /** The id of what was changed. */
  subjectId: string;
  /** The facts of the entry of the change. */
  facts: Readonly<Record<string, unknown>>;
  /** A sentence that says why, for people. */
  reason: string;
}

/** The rule in words, for documents: none is the same as rejected. */
export const emergencyWords = (rule: EmergencyRule | undefined): string => {
  if (rule === undefined) return 'not possible';
  if ('stays' in rule) return `stays: ${rule.stays}`;
  if ('rejected' in rule) return `not possible: ${rule.rejected}`;
  return `ends: ${rule.ends}`;
};
