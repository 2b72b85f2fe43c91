import { transaction, type Database, type EpochSection, type Tx } from '#libs/platform/db';
import type { RecordBook } from '#libs/engine/record-signatures';
import { isObject } from '#libs/platform/kernel';
import { ArgumentBinders } from '../../libs/gateway/tool-calls/snapshot/argument-binders.js';
import { loadPeople } from '../../libs/gateway/tool-calls/snapshot/load-people.js';
import { loadRegistry } from '../../libs/gateway/tool-calls/snapshot/load-registry.js';

const EVERYTHING_IS_SIGNED: RecordBook = {
  refresh: () => Promise.resolve(),
  isAuthentic: () => true,
};

const OWN = { url: 'https://gate.test', audiences: ['https://gate.test'] };

// What a snapshot reads along with a row and evaluates nothing by.
const NOT_EVALUATED: ReadonlySet<string> = new Set(
  `createdAt updatedAt activatedAt retiredAt pinnedAt classifiedAt classifiedById
   purpose stateReason ownerId inactiveAfterDays orphanedAt orphanRule orphanOwnerId`.split(/\s+/),
);

/**
 * Every row that a gateway's snapshot reads, by the section of the epoch that it is read for, as text: when
 * it differs, some replica would evaluate otherwise.
 */
export const readByGateways = async (db: Database): Promise<Record<EpochSection, string>> => ({
  people: await record(db, loadPeople),
  registry: await record(db, (tx) =>
    loadRegistry(tx, new ArgumentBinders(), OWN, EVERYTHING_IS_SIGNED),
  ),
});

const record = async (db: Database, load: (tx: Tx) => Promise<unknown>): Promise<string> => {
  const rows: unknown[] = [];
  await transaction(db, (tx) => load(recording(tx, rows)));
  if (rows.length === 0) throw new Error('the snapshot read nothing through its transaction');
  return rows.map(asText).toSorted().join('\n');
};

const asText = (answer: unknown): string =>
  (Array.isArray(answer) ? answer : [answer])
    .flatMap(rowsOf)
    .map((row) => JSON.stringify(row, told))
    .toSorted()
    .join('\n');

// People come as columns in one cell of JSON; their order is nobody's.
const rowsOf = (row: unknown): unknown[] => {
  const cell = isObject(row) && typeof row['columns'] === 'string' ? row['columns'] : undefined;
  if (cell === undefined) return [row];
  const tables = Object.entries(JSON.parse(cell) as Record<string, Record<string, unknown[]>>);
  return tables.flatMap(([table, columns]) => {
    const [first = []] = Object.values(columns);
    return first.map((_, place) => [table, Object.values(columns).map((column) => column[place])]);
  });
};

const told = (key: string, value: unknown): unknown =>
  NOT_EVALUATED.has(key) ? undefined : typeof value === 'bigint' ? String(value) : value;

// A transaction whose queries also leave what they answered in `rows`.
const recording = <T extends object>(target: T, rows: unknown[]): T =>
  new Proxy(target, {
    get: (of, key) => {
      const value: unknown = Reflect.get(of, key);
      if (typeof value === 'object' && value !== null) return recording(value, rows);
      if (typeof value !== 'function') return value;
      return async (...parameters: unknown[]) => {
        const answered: unknown = await Reflect.apply(value, of, parameters);
        rows.push(answered);
        return answered;
      };
    },
  });
