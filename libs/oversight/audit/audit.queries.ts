import { Injectable } from '@nestjs/common';
import { Database, type LedgerEntryWhereInput } from '#libs/platform/db';
import {
  payloadHolds,
  readEntry,
  toLedgerEntry,
  type EntryDetail,
  type LedgerEntry,
} from '#libs/engine/ledger';
import type { z } from 'zod';
import type {
  ledgerEntryDetailSchema,
  ledgerEntryPageSchema,
  ledgerEntrySchema,
  listLedgerEntriesQuerySchema,
} from './audit.schemas.js';
import { displayNames, type DisplayNames } from './display-names.js';

type ListQuery = z.infer<typeof listLedgerEntriesQuerySchema>;
type EntryView = z.infer<typeof ledgerEntrySchema>;
type PayloadView = z.infer<typeof ledgerEntryDetailSchema>['payloads'][number];

// Counting millions would cost more than the page is worth: beyond this the list says "or more".
const MAX_COUNTED = 100_000;

// Arguments and results are the tool's and the agent's words: who may read them comes with the vault.
const SHOWN: ReadonlySet<string> = new Set(['names', 'reason', 'changes', 'explanation']);

/** Reads the ledger for screens. */
@Injectable()
export class AuditQueries {
  constructor(private readonly db: Database) {}

  /** One page of entries; ids grow with time, so they give the order. */
  async list(query: ListQuery): Promise<z.infer<typeof ledgerEntryPageSchema>> {
    const where = filter(query);
    const [rows, total] = await Promise.all([
      this.db.ledgerEntry.findMany({
        where,
        orderBy: { id: query.order },
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.ledgerEntry.count({ where, take: MAX_COUNTED }),
    ]);
    const entries = rows.map(toLedgerEntry);
    const names = await displayNames(this.db, entries);
    return { items: entries.map((entry) => toView(entry, names)), total };
  }

  /** One entry with what its hash covers; throws `not_found`. */
  async get(id: string): Promise<z.infer<typeof ledgerEntryDetailSchema>> {
    const detail = await readEntry(this.db, id);
    const names = await displayNames(this.db, [detail.entry]);
    return {
      ...toView(detail.entry, names),
      prev: detail.entry.prev,
      format: detail.entry.format,
      hashValid: detail.hashValid,
      payloads: await this.payloads(detail),
    };
  }

  private async payloads({ entry, payloads }: EntryDetail): Promise<PayloadView[]> {
    const rows = await this.db.ledgerPayload.findMany({ where: { entryId: entry.id } });
    const digests = new Map(
      Object.entries((entry.data['digests'] ?? {}) as Record<string, string>),
    );
    const found = new Map(rows.map((row) => [row.name, payloadHolds(row, digests.get(row.name))]));
    return [...new Set([...digests.keys(), ...found.keys()])].toSorted().map((name) => ({
      name,
      digestValid: found.get(name) ?? false,
      redacted: !SHOWN.has(name),
      content: SHOWN.has(name) ? (payloads[name] ?? null) : null,
    }));
  }
}

const toView = (entry: LedgerEntry, names: DisplayNames): EntryView => ({
  id: entry.id,
  chain: entry.chain,
  seq: String(entry.seq),
  type: entry.type,
  at: entry.at,
  actor: {
    kind: entry.actorKind,
    id: entry.actorId,
    name: names.of(entry.actorKind, entry.actorId) ?? entry.actorId,
  },
  subject:
    entry.subjectKind === null || entry.subjectId === null
      ? null
      : {
          kind: entry.subjectKind,
          id: entry.subjectId,
          name: names.of(entry.subjectKind, entry.subjectId),
        },
  callId: entry.callId,
  hash: entry.hash,
  data: entry.data,
});

const filter = ({ type, actorId, subjectId, callId, chain, from, to }: ListQuery) => {
  const at = { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) };
  const exact = { type, actorId, subjectId, callId, chain };
  const given = Object.entries(exact).filter(([, value]) => value !== undefined && value !== '');
  const where: LedgerEntryWhereInput = Object.fromEntries(given);
  return from === undefined && to === undefined ? where : { ...where, at };
};
