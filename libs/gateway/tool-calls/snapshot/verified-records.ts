import type {
  RecordBook,
  SignedKind,
  SignedRows,
  UnverifiedRecord,
} from '#libs/engine/record-signatures';

/** Tells the records of one snapshot that are as they were signed from those that are not. */
export class VerifiedRecords {
  readonly unverified: UnverifiedRecord[] = [];

  constructor(private readonly book: RecordBook) {}

  /** The authentic ones. */
  of<K extends SignedKind, R extends SignedRows[K]>(kind: K, rows: readonly R[]): R[] {
    return rows.filter((row) => this.isAuthentic(kind, row));
  }

  /** The ids of the authentic ones; each is verified once, however often it is named. */
  idsOf<K extends SignedKind>(kind: K, rows: readonly SignedRows[K][]): ReadonlySet<string> {
    const each = [...new Map(rows.map((row) => [row.id, row])).values()];
    return new Set(this.of(kind, each).map(({ id }) => id));
  }

  isAuthentic<K extends SignedKind>(kind: K, row: SignedRows[K]): boolean {
    if (this.book.isAuthentic(kind, row)) return true;
    this.report(kind, [row.id]);
    return false;
  }

  /** Remembers records that somebody else found not to be authentic. */
  report(kind: SignedKind, ids: readonly string[]): void {
    this.unverified.push(...ids.map((id) => ({ kind, id })));
  }
}
