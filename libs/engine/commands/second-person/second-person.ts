import { AcceptedError, idSchema, timeSchema } from '#libs/platform/http';
import type { Role } from '#libs/platform/kernel';
import { z } from 'zod';

/** That a change takes a second person, why, and whose agreement it is. */
export interface SecondPerson {
  /** A sentence for people: what the change could give to whom. */
  readonly explanation: string;
  /** Settled holders of these roles may confirm it. */
  readonly roles: readonly Role[];
  /** These people may, too, for example an agent's present owner. */
  readonly people?: readonly string[];
  /** Who gains by it: they never confirm it. */
  readonly concerns?: readonly string[];
}

/** A second person's agreement to a proposed change. */
export interface Confirmation {
  /** The proposed change's. */
  id: string;
  /** What the change is about, for the entry of a rejection. */
  subjectId: string;
  note: string;
}

/** A change that was not done but proposed, as its author is told. */
export const proposedChangeRefSchema = z.object({
  id: idSchema,
  explanation: z.string(),
  expiresAt: timeSchema,
});

/** The answer (202) to a change that waits for a second person. */
export const changeProposedSchema = z.object({ proposedChange: proposedChangeRefSchema });

/** One of {@link proposedChangeRefSchema}. */
export type ProposedChangeRef = z.infer<typeof proposedChangeRefSchema>;

/** Nothing was done: the change waits for a second person. Thrown once that is committed. */
export class ChangeProposedError extends AcceptedError {
  override readonly name = 'ChangeProposedError';
  constructor(readonly proposedChange: ProposedChangeRef) {
    super(proposedChange.explanation, { proposedChange });
  }
}
