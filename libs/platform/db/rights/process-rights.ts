import type { Columns, DatabaseRights, TableRights } from './database-rights.js';
import { API_RIGHTS } from './api-rights.js';
import { GATEWAY_RIGHTS } from './gateway-rights.js';
import { WORKER_RIGHTS } from './worker-rights.js';

/** The processes that have a database role of their own. */
export const PROCESS_NAMES = ['api', 'gateway', 'worker'] as const;

/** One of the processes. */
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** What each process uses, and so what its role is granted: nothing else. */
export const PROCESS_RIGHTS: Readonly<Record<ProcessName, DatabaseRights>> = {
  api: API_RIGHTS,
  gateway: GATEWAY_RIGHTS,
  worker: WORKER_RIGHTS,
};

const unionOf = (a: Columns | undefined, b: Columns | undefined): Columns | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])];
};

const addRights = (a: TableRights, b: TableRights): TableRights => {
  const [select, insert, update] = [
    unionOf(a.select, b.select),
    unionOf(a.insert, b.insert),
    unionOf(a.update, b.update),
  ];
  return {
    ...(select && { select }),
    ...(insert && { insert }),
    ...(update && { update }),
    ...((a.delete ?? b.delete) && { delete: true }),
  };
};

/** What a role may do that these processes share. */
export const rightsOf = (processes: readonly ProcessName[]): DatabaseRights => {
  const all = processes.map((name) => PROCESS_RIGHTS[name]);
  const tables: Record<string, TableRights> = {};
  for (const [table, rights] of all.flatMap((one) => Object.entries(one.tables)))
    tables[table] = addRights(tables[table] ?? {}, rights);
  return {
    tables,
    functions: [...new Set(all.flatMap(({ functions }) => functions))],
    queue: all.some(({ queue }) => queue),
  };
};
