import type { Database, LedgerEntryModel, Prisma } from '#libs/db';
import { DomainError, type Json, type JsonObject } from '#libs/kernel';
import { hashEntry } from './canonical.js';
import type { LedgerEntry } from './entry.js';

/** Which entries to read; absent means any. */
export interface EntryFilters {
  types?: readonly string[];
  actorKind?: string;
  actorId?: string;
  subjectKind?: string;
  subjectId?: string;
  callId?: string;
  chain?: string;
  from?: Date;
  to?: Date;
}

/** Which page: at most `limit` (200) entries, newest first, older than the entry `before`. */
export interface EntryPage {
  limit: number;
  before?: string;
}

/** A page of entries; `next` is the `before` of the following page. */
export interface EntryList {
  entries: LedgerEntry[];
  next: string | null;
}

/** One entry with what it is about, and whether it still has its own hash and digests. */
export interface EntryDetail {
  entry: LedgerEntry;
  payloads: Record<string, Json>;
  hashHolds: boolean;
}

const MAX_LIMIT = 200;

/** Entries, newest first. */
export const readEntries = async (
  db: Database,
  filters: EntryFilters,
  page: EntryPage,
): Promise<EntryList> => {
  const limit = Math.min(Math.max(1, page.limit), MAX_LIMIT);
  const rows = await db.ledgerEntry.findMany({
    where: {
      ...toWhere(filters),
      ...(page.before === undefined ? {} : { id: { lt: page.before } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const entries = rows.slice(0, limit).map(toLedgerEntry);
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
};

/** One entry with its payloads; throws 'not_found'. */
export const readEntry = async (db: Database, id: string): Promise<EntryDetail> => {
  const row = await db.ledgerEntry.findUnique({ where: { id } });
  if (row === null)
    throw new DomainError('not_found', 'There is no ledger entry with this id. Check the id.');
  const payloads = await db.ledgerPayload.findMany({ where: { entryId: id } });
  const entry = toLedgerEntry(row);
  return {
    entry,
    payloads: Object.fromEntries(payloads.map((p) => [p.name, JSON.parse(p.content) as Json])),
    hashHolds: hashEntry(entry) === entry.hash,
  };
};

/** A row of Prisma's as a ledger entry, for read models that join. */
export const toLedgerEntry = (row: LedgerEntryModel): LedgerEntry => ({
  chain: row.chain,
  seq: Number(row.seq),
  id: row.id,
  format: row.format,
  prev: Buffer.from(row.prev).toString('hex'),
  hash: Buffer.from(row.hash).toString('hex'),
  type: row.type,
  at: row.at.toISOString(),
  actorKind: row.actorKind,
  actorId: row.actorId,
  subjectKind: row.subjectKind,
  subjectId: row.subjectId,
  callId: row.callId,
  data: row.data as JsonObject,
});

const toWhere = (filters: EntryFilters): Prisma.LedgerEntryWhereInput => {
  const { types, from, to, ...exact } = filters;
  return {
    ...exact,
    ...(types === undefined ? {} : { type: { in: [...types] } }),
    ...(from === undefined && to === undefined
      ? {}
      : { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  };
};
