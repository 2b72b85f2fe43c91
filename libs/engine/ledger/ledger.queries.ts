import type { Database, LedgerEntryModel } from '#libs/platform/db';
import { DomainError, type Json, type JsonObject } from '#libs/platform/kernel';
import { hashEntry } from './canonical.js';
import type { LedgerEntry } from './entry.js';

/** One entry with what it is about, and whether it still has its own hash and digests. */
export interface EntryDetail {
  entry: LedgerEntry;
  payloads: Record<string, Json>;
  hashValid: boolean;
}

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
    hashValid: hashEntry(entry) === entry.hash,
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
