import pg from 'pg';
import { ChainCheck } from './chain-check.js';
import { readCloses, type ChainClose } from './closes.js';
import { checkPayloads, findOrphans } from './payload-check.js';
import { ProblemList } from './problem-list.js';
import { CANNOT_PROVE, type VerificationReport } from './report.js';
import { readStored, STORED_COLUMNS, type StoredEntry, type StoredRow } from './stored-entry.js';

const PAGE_ENTRIES = 2000;
/** How a verification is run. */
export interface VerifyOptions {
  /** Called after every page. */
  onProgress?: (progress: { entries: number; problems: number }) => void;
  /** Ends it early: the returned promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Never to be switched off but to show what would be missed then. */
  checkLinks?: boolean;
}

/**
 * Proves from the ledger's rows alone, in one snapshot, that no entry was changed, removed, put in or
 * reordered, as far as can be proved from inside the database. Memory stays bounded whatever the size.
 */
export const verifyLedger = async (
  url: string,
  options: VerifyOptions = {},
): Promise<VerificationReport> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gatehouse audit verify',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SET TimeZone = 'UTC'`);
    await client.query(`SET DateStyle = 'ISO'`);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await verifySnapshot(client, options);
  } finally {
    await client.end();
  }
};

const verifySnapshot = async (
  client: pg.Client,
  options: VerifyOptions,
): Promise<VerificationReport> => {
  const startMs = performance.now();
  const problems = new ProblemList();
  const closes = await readCloses(client);
  const counts = { chains: 0, entries: 0, payloads: 0 };
  const unseen = new Map(closes);
  let check: ChainCheck | undefined;
  for await (const page of readPages(client)) {
    options.signal?.throwIfAborted();
    for (const entry of page) {
      if (check?.chain !== entry.row.chain) {
        check?.finish();
        check = startChain(entry.row.chain, closes, problems, options);
        unseen.delete(entry.row.chain);
        counts.chains += 1;
      }
      check.add(entry);
    }
    counts.entries += page.length;
    counts.payloads += await checkPayloads(client, page, problems);
    options.onProgress?.({ entries: counts.entries, problems: problems.count });
  }
  check?.finish();
  for (const [chain, close] of unseen) new ChainCheck(chain, close, problems).finish();
  await findOrphans(client, problems);
  return conclude(counts, problems, performance.now() - startMs);
};

const startChain = (
  chain: string,
  closes: ReadonlyMap<string, ChainClose>,
  problems: ProblemList,
  options: VerifyOptions,
): ChainCheck =>
  new ChainCheck(chain, closes.get(chain), problems, { checkLinks: options.checkLinks ?? true });

async function* readPages(client: pg.Client): AsyncGenerator<StoredEntry[]> {
  let after: StoredRow | undefined;
  for (;;) {
    const rows = await readPage(client, after);
    if (rows.length === 0) return;
    yield rows.map(readStored);
    after = rows.at(-1);
  }
}

const SELECT_ENTRIES = `SELECT ${STORED_COLUMNS} FROM ledger_entry e`;
const ONE_PAGE = `ORDER BY e.chain, e.seq LIMIT ${PAGE_ENTRIES}`;

// The first page has no bound: no row may be small enough to hide before it.
const readPage = async (client: pg.Client, after: StoredRow | undefined): Promise<StoredRow[]> => {
  const { rows } = after
    ? await client.query<StoredRow>({
        name: 'page',
        text: `${SELECT_ENTRIES} WHERE (e.chain, e.seq) > ($1::uuid, $2::bigint) ${ONE_PAGE}`,
        values: [after.chain, after.seq],
      })
    : await client.query<StoredRow>(`${SELECT_ENTRIES} ${ONE_PAGE}`);
  return rows;
};

const conclude = (
  counts: { chains: number; entries: number; payloads: number },
  problems: ProblemList,
  durationMs: number,
): VerificationReport => {
  const sorted = problems.sorted();
  return {
    ok: problems.count === 0,
    ...counts,
    firstProblem: sorted[0] ?? null,
    problems: sorted,
    problemCount: problems.count,
    durationMs: Math.round(durationMs),
    entriesPerSecond: Math.round(counts.entries / (durationMs / 1000)),
    cannotProve: [...CANNOT_PROVE],
  };
};
