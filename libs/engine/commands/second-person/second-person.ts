import { AcceptedError, idSchema, timeSchema } from '#libs/platform/http';
import type { Role } from '#libs/platform/kernel';
import { z } from 'zod';
import type { PairEffect, Rights } from './rights.js';

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
  /** Its author never carries it out alone, however few people there are. */
  readonly neverAlone?: true;
  /** The rights that it could change, as they are before it: how it changes them is shown. */
  readonly rights?: Rights;
  /** Rights that it leaves as they are, and that somebody else could use after it. */
  readonly exposes?: Rights;
  /** What it does to those rights when nobody need agree: it adds nothing, or it takes away and adds nothing. */
  readonly unless?: 'not_widened' | 'narrowed';
}

/** Whether nobody need agree after all, by what the change did when it was tried. */
export const isHarmless = ({ unless }: SecondPerson, effect: PairEffect | null): boolean => {
  if (unless === undefined || effect === null) return false;
  const { added, widened, removed } = effect;
  if (added.total + widened.total > 0) return false;
  return unless === 'not_widened' || removed.total > 0;
};

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
