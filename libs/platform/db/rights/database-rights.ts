/** Whole rows, or these columns. */
export type Columns = 'all' | readonly string[];

/** What may be done with single columns of a table. */
export const COLUMN_VERBS = ['select', 'insert', 'update'] as const;

/** What may be done with one table. */
export interface TableRights {
  readonly select?: Columns;
  readonly insert?: Columns;
  readonly update?: Columns;
  readonly delete?: true;
}

/** Everything that a role may do with the database. */
export interface DatabaseRights {
  readonly tables: Readonly<Record<string, TableRights>>;
  readonly functions: readonly string[];
  /** Whether it works with the queue's own schema. */
  readonly queue: boolean;
}
