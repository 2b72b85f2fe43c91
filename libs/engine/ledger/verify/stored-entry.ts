import { hashEntry } from '../canonical.js';
import { LEDGER_FORMAT, type LedgerEntry } from '../entry.js';

/** A row as the database's own text, so that no driver smooths over an edit. */
export interface StoredRow {
  chain: string;
  seq: string;
  id: string;
  format: number;
  prev: string;
  hash: string;
  type: string;
  at: string;
  actor_kind: string;
  actor_id: string;
  subject_kind: string | null;
  subject_id: string | null;
  call_id: string | null;
  data: string;
}

/** The columns of {@link StoredRow}, for a session whose time zone is UTC. */
export const STORED_COLUMNS = `chain::text, seq::text, id::text, format, encode(prev, 'hex') AS prev,
  encode(hash, 'hex') AS hash, type, at::text, actor_kind, actor_id, subject_kind, subject_id,
  call_id::text, data::text`;

/** A row with the hash that its columns have; null when they have none in a known format. */
export interface StoredEntry {
  row: StoredRow;
  seq: number;
  digests: Readonly<Record<string, unknown>>;
  computed: string | null;
}

/** Reads a row and computes its hash anew. */
export const readStored = (row: StoredRow): StoredEntry => {
  const entry = toEntry(row);
  const digests = entry?.data['digests'];
  return {
    row,
    seq: Number(row.seq),
    digests: digests !== null && typeof digests === 'object' ? (digests as object as never) : {},
    computed: entry ? computeHash(entry) : null,
  };
};

/** The hash that a row would have at another place in its chain. */
export const hashAtSeq = (row: StoredRow, seq: number): string | null => {
  const entry = toEntry(row);
  return entry ? computeHash({ ...entry, seq }) : null;
};

const computeHash = (entry: LedgerEntry): string | null => {
  try {
    return hashEntry(entry);
  } catch {
    return null;
  }
};

const toEntry = (row: StoredRow): LedgerEntry | null => {
  if (row.format !== LEDGER_FORMAT || hasFraction(row.data)) return null;
  return {
    chain: row.chain,
    seq: Number(row.seq),
    id: row.id,
    format: row.format,
    prev: row.prev,
    hash: row.hash,
    type: row.type,
    at: isoOf(row.at),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    callId: row.call_id,
    data: JSON.parse(row.data) as LedgerEntry['data'],
  };
};

// Data holds integers only; 1.0 or a fraction lost in a double would otherwise hash like an integer.
const hasFraction = (data: string): boolean =>
  data.includes('.') && data.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').includes('.');

// '2026-11-22 16:00:00.12+00' as ISO with milliseconds; anything else stays as it is and hashes wrongly.
const isoOf = (text: string): string => {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/.exec(text);
  return match ? `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0')}Z` : text;
};
