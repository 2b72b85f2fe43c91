import type { Tx } from '#libs/platform/db';
import type { RecordSigner } from './record-keys.js';
import { lockRecords, readRecords } from './read-records.js';
import { readSignatures, signedDigests } from './signature-rows.js';
import { contentDigest, NO_CONTENT, type SignedKind } from './signed-content.js';
import { writeSignatures, type Decision } from './write-signatures.js';

interface Tracked {
  readonly id: string;
  /** Of its signature; 0 while it has none. */
  readonly version: bigint;
  /** Of what is signed; null for a record that is new. */
  readonly digest: string | null;
}

/**
 * The records that one command changes. Each is verified before the change: one that somebody else changed
 * keeps no valid signature, whatever a command then does with it.
 */
export class RecordChanges {
  readonly #seen = new Set<string>();
  readonly #tracked = new Map<SignedKind, Tracked[]>();

  constructor(
    private readonly tx: Tx,
    private readonly signer: RecordSigner,
  ) {}

  /** Holds and verifies records, before they are changed or made. */
  async track(kind: SignedKind, ids: readonly string[]): Promise<void> {
    const fresh = this.#unseen(kind, ids);
    if (fresh.length === 0) return;
    await lockRecords(this.tx, kind, fresh);
    const contents = await this.#contentsOf(kind, fresh);
    const signatures = await readSignatures(this.tx, kind, fresh);
    const versions = new Map(signatures.map((row) => [row.recordId, row.version]));
    const digests = await signedDigests(this.signer.keys, signatures);
    const tracked = fresh.flatMap((id): Tracked[] => {
      const content = contents.get(id);
      const isAuthentic = content !== undefined && digests.get(id) === content;
      return isAuthentic ? [{ id, version: versions.get(id) ?? 0n, digest: content }] : [];
    });
    this.#track(kind, tracked);
  }

  /**
   * Remembers records that the command makes. There is nothing to verify: what has such an id already keeps
   * the command from making it, and what is signed under it stays signed.
   */
  trackNew(kind: SignedKind, ids: readonly string[]): void {
    this.#track(
      kind,
      this.#unseen(kind, ids).map((id) => ({ id, version: 0n, digest: null })),
    );
  }

  #unseen(kind: SignedKind, ids: readonly string[]): string[] {
    const fresh = ids.filter((id) => !this.#seen.has(`${kind}:${id}`));
    for (const id of fresh) this.#seen.add(`${kind}:${id}`);
    return fresh;
  }

  #track(kind: SignedKind, more: readonly Tracked[]): void {
    this.#tracked.set(kind, [...(this.#tracked.get(kind) ?? []), ...more]);
  }

  /** Signs what they are now, where that changed. */
  async sign(decision: Decision): Promise<void> {
    for (const [kind, tracked] of this.#tracked) {
      const contents = await this.#contentsOf(
        kind,
        tracked.map(({ id }) => id),
      );
      await writeSignatures(
        this.tx,
        this.signer,
        kind,
        tracked.flatMap(({ id, version, digest }) => {
          const content = contents.get(id) ?? (digest === null ? null : NO_CONTENT);
          return content === null || content === digest ? [] : [{ id, version, content }];
        }),
        decision,
      );
    }
    this.#tracked.clear();
    this.#seen.clear();
  }

  /** The digests of what records are now, by their ids. */
  async #contentsOf(kind: SignedKind, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await readRecords(this.tx, kind, ids);
    return new Map(rows.map((row) => [row.id, contentDigest(kind, row)]));
  }
}
