import type { Tx } from '#libs/platform/db';
import type { VerificationKeys } from './record-keys.js';
import { readSignaturesSince, signedDigest, type SignatureRow } from './signature-rows.js';
import { contentDigest, type SignedKind, type SignedRows } from './signed-content.js';

/** By which somebody verifies records, as they read them. */
export type RecordBook = Pick<SignatureBook, 'refresh' | 'isAuthentic'>;

interface Known {
  readonly version: bigint;
  /** Null: the newest signature is not valid. */
  readonly digest: string | null;
}

// At most so many verifications wait for a thread at once.
const BATCH = 256;

/**
 * Every record's newest signature, verified, in a process that verifies many records again and again. Only
 * signatures that changed are read and verified anew.
 */
export class SignatureBook {
  readonly #known = new Map<string, Known>();
  /** Every transaction before this one has ended, and what it wrote is known. */
  #seenBefore = 0n;

  constructor(private readonly keys: VerificationKeys) {}

  /** Reads what changed. In the transaction that then reads the records, so that both are of one moment. */
  async refresh(tx: Tx): Promise<void> {
    const [row] = await tx.$queryRaw<{ xmin: bigint }[]>`
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin`;
    if (row === undefined) throw new Error('the database told no transaction id');
    // A database that was restored elsewhere counts its transactions anew.
    const since = row.xmin < this.#seenBefore ? 0n : this.#seenBefore;
    const changed = await readSignaturesSince(tx, since);
    for (let first = 0; first < changed.length; first += BATCH)
      await Promise.all(changed.slice(first, first + BATCH).map((one) => this.#learn(one)));
    this.#seenBefore = row.xmin;
  }

  /** Whether a record is as it was signed last. */
  isAuthentic<K extends SignedKind>(kind: K, row: SignedRows[K]): boolean {
    const digest = this.#known.get(nameOf(kind, row.id))?.digest ?? null;
    return digest !== null && digest === contentDigest(kind, row);
  }

  async #learn(row: SignatureRow): Promise<void> {
    const name = nameOf(row.kind, row.recordId);
    // What is known is newer: another reading came first, or somebody put an old one back.
    const known = this.#known.get(name);
    if (known !== undefined && known.version > row.version) return;
    if (known?.version === row.version && known.digest !== null) return;
    const digest = await signedDigest(this.keys, row);
    const newer = this.#known.get(name);
    if (newer !== undefined && newer.version > row.version) return;
    this.#known.set(name, { version: row.version, digest });
  }
}

const nameOf = (kind: string, id: string): string => `${kind}:${id}`;
