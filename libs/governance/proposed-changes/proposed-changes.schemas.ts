import { pairEffectSchema } from '#libs/engine/commands';
import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  timeSchema,
} from '#libs/platform/http';
import { ROLES } from '#libs/platform/kernel';
import { z } from 'zod';

/** `open` until it is done, rejected or withdrawn; `expired` when nobody confirmed it in time. */
export const proposedChangeStateSchema = z.enum([
  'open',
  'expired',
  'done',
  'rejected',
  'withdrawn',
]);

/** A change that waits for a second person, or did. */
export const proposedChangeSchema = z.object({
  id: idSchema,
  /** The command that it would be, which is also its ledger entry's type. */
  command: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Why a second person must confirm it. */
  explanation: z.string(),
  state: proposedChangeStateSchema,
  proposedBy: personRefSchema.nullable(),
  proposedAt: timeSchema,
  expiresAt: timeSchema,
  /** Who may confirm it: settled holders of these roles, and these people. */
  confirmers: z.object({ roles: z.array(z.enum(ROLES)), people: z.array(personRefSchema) }),
  /** From when its proposer may carry it out alone, as nobody else could confirm it. */
  aloneFrom: timeSchema.nullable(),
  decidedBy: personRefSchema.nullable(),
  decidedAt: timeSchema.nullable(),
  decisionNote: z.string().nullable(),
  /** Whether the reader can confirm it now; if not, why. */
  canConfirm: z.boolean(),
  whyNotConfirm: z.string().nullable(),
});

/** One with what it would change, as the entry of the change would say; null when it cannot be opened. */
export const proposedChangeDetailSchema = proposedChangeSchema.extend({
  effect: z
    .object({
      facts: z.record(z.string(), z.json()),
      changes: z.json(),
      /** How it changes what agents may call; null: it does not. */
      pairs: pairEffectSchema.nullable(),
    })
    .nullable(),
  reason: z.string().nullable(),
});

export const proposedChangePageSchema = pageOf(proposedChangeSchema);

export const listProposedChangesQuerySchema = pageQuerySchema.extend({
  /** `to_confirm`: the open ones that the reader can confirm now. */
  state: z.enum(['open', 'to_confirm', 'all']).default('open'),
  command: z.string().max(100).optional(),
});

/** One of {@link proposedChangeSchema}. */
export type ProposedChangeView = z.infer<typeof proposedChangeSchema>;
