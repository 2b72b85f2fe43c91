import { z } from 'zod';

/** What a signature says of a record. */
export interface Statement {
  readonly kind: string;
  readonly recordId: string;
  readonly version: number;
  readonly contentDigest: string;
  /** Who decided it. */
  readonly actor: { readonly kind: string; readonly id: string };
  /** The ledger entry that records the decision; null where an operator accepted the record as it is. */
  readonly entryId: string | null;
  /** ISO 8601. */
  readonly signedAt: string;
}

const FORMAT = 'gatehouse-record-1';

const schema = z.object({
  format: z.literal(FORMAT),
  kind: z.string(),
  recordId: z.string(),
  version: z.number(),
  contentDigest: z.string(),
  actor: z.object({ kind: z.string(), id: z.string() }),
  entryId: z.string().nullable(),
  signedAt: z.string(),
});

/** The text that is signed. */
export const writeStatement = (statement: Statement): string =>
  JSON.stringify({ format: FORMAT, ...statement });

/** Reads a text whose signature is valid; null for one of another format. */
export const readStatement = (text: string): Statement | null => {
  const { success, data } = schema.safeParse(parsed(text));
  return success ? data : null;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
