import type pg from 'pg';
import { payloadHolds } from '../canonical.js';
import type { ProblemList } from './problem-list.js';
import type { LedgerProblemKind } from './report.js';
import type { StoredEntry } from './stored-entry.js';

const CHUNK_BYTES = 16 * 1024 * 1024;
const MAX_ORPHANS = 100;

interface PayloadRow {
  entry_id: string;
  name: string;
  salt: Buffer;
  content: string;
}

/** Checks the payloads of one page of entries against their digests; answers how many there were. */
export const checkPayloads = async (
  client: pg.ClientBase,
  page: readonly StoredEntry[],
  problems: ProblemList,
): Promise<number> => {
  const expected = new Map(
    page.map((entry) => [entry.row.id, new Map(Object.entries(entry.digests))]),
  );
  const byId = new Map(page.map((entry) => [entry.row.id, entry]));
  let count = 0;
  for (const ids of await chunksOf(client, [...byId.keys()])) {
    const { rows } = await client.query<PayloadRow>({
      name: 'payloads',
      text: `SELECT entry_id::text, name, salt, content FROM ledger_payload WHERE entry_id = ANY($1)`,
      values: [ids],
    });
    count += rows.length;
    for (const row of rows) {
      const entry = byId.get(row.entry_id);
      const digests = expected.get(row.entry_id);
      if (!entry || !digests) continue;
      const digest = digests.get(row.name);
      digests.delete(row.name);
      if (digest === undefined)
        report(problems, entry, 'unexpected', `Put in: the entry has no payload ${row.name}.`);
      else if (!payloadHolds(row, digest))
        report(
          problems,
          entry,
          'payload_changed',
          `Changed: its payload ${row.name} is not the one written.`,
        );
    }
  }
  for (const [id, digests] of expected)
    for (const name of digests.keys()) {
      const entry = byId.get(id);
      if (entry)
        report(problems, entry, 'payload_missing', `Removed: its payload ${name} is gone.`);
    }
  return count;
};

/** Finds payloads whose entry is gone. */
export const findOrphans = async (client: pg.ClientBase, problems: ProblemList): Promise<void> => {
  const { rows } = await client.query<{ entry_id: string; name: string }>(
    `SELECT p.entry_id::text, p.name FROM ledger_payload p
     WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = p.entry_id) LIMIT ${MAX_ORPHANS}`,
  );
  for (const { entry_id, name } of rows)
    problems.add({
      kind: 'unexpected',
      chain: null,
      seq: null,
      id: entry_id,
      since: null,
      detail: `A payload ${name} without its entry: the entry was removed or changed, or the payload put in.`,
    });
};

// Payloads may be large, so they are fetched by the size that the database says they have.
const chunksOf = async (client: pg.ClientBase, ids: readonly string[]): Promise<string[][]> => {
  const { rows } = await client.query<{ entry_id: string; bytes: string }>({
    name: 'payload-sizes',
    text: `SELECT entry_id::text, sum(octet_length(content)) AS bytes
           FROM ledger_payload WHERE entry_id = ANY($1) GROUP BY entry_id`,
    values: [ids],
  });
  const chunks: string[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    bytes += Number(row.bytes);
    if (bytes > CHUNK_BYTES) {
      chunks.push([]);
      bytes = Number(row.bytes);
    }
    chunks.at(-1)?.push(row.entry_id);
  }
  return chunks;
};

const report = (
  problems: ProblemList,
  { row, seq }: StoredEntry,
  kind: LedgerProblemKind,
  detail: string,
): void => problems.add({ kind, chain: row.chain, seq, id: row.id, since: row.at, detail });
