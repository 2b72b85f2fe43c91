import type { Json, JsonObject } from '#libs/platform/kernel';

/** The format that this version writes; docs/ledger.md describes it byte by byte. */
export const LEDGER_FORMAT = 1;

/** The `prev` of a chain's first entry: 32 zero bytes, hex. */
export const NO_PREV = '0'.repeat(64);

/** One entry as it is in the ledger: every field but `hash` is hashed. Hashes are hex. */
export interface LedgerEntry {
  chain: string;
  seq: number;
  id: string;
  format: number;
  prev: string;
  hash: string;
  type: string;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  actorKind: string;
  actorId: string;
  subjectKind: string | null;
  subjectId: string | null;
  callId: string | null;
  data: JsonObject;
}

/** Who or what an entry names: a kind and an id, never a name. */
export interface Reference {
  kind: string;
  id: string;
}

/** What every caller says of an entry, whatever its type. */
export interface EntryContext {
  /** Drawn by the caller where something else names the entry. */
  id?: string;
  actor: Reference;
  subject?: Reference;
  callId?: string;
}

/** What a caller gives to be written; the writer adds id, time, chain and hashes. */
export interface EntryInput extends EntryContext {
  type: string;
  data: JsonObject;
  payloads?: Record<string, Json>;
}

/** The position of a committed entry. */
export interface EntryPosition {
  id: string;
  chain: string;
  seq: number;
}
