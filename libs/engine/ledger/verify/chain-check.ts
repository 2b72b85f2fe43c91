import { NO_PREV } from '../entry.js';
import type { ChainClose } from './closes.js';
import type { ProblemList } from './problem-list.js';
import type { LedgerProblemKind } from './report.js';
import { hashAtSeq, type StoredEntry } from './stored-entry.js';

// How far from its place a moved entry is looked for, and for how many entries of one chain.
const MOVED_WINDOW = 1000;
const MAX_LOOKED_FOR = 10;

/** Checks one chain, entry by entry in the order of `seq`. */
export class ChainCheck {
  #expectedSeq = 1;
  /** What the next entry's `prev` may be: empty when nobody can say. */
  #links: readonly string[] = [NO_PREV];
  #previous: StoredEntry | undefined;
  #since: string | null = null;
  #hashAtClose: string | undefined;
  #lookedFor = 0;

  constructor(
    readonly chain: string,
    private readonly close: ChainClose | undefined,
    private readonly problems: ProblemList,
    /** Only for a test that shows what would be missed without the links. */
    private readonly options: { checkLinks: boolean } = { checkLinks: true },
  ) {}

  add(entry: StoredEntry): void {
    this.#checkPlace(entry);
    const holds = entry.computed === entry.row.hash;
    const links = holds ? [entry.row.hash] : this.#reportChanged(entry);
    if (holds && this.#checkLink(entry)) this.#since = entry.row.at;
    if (this.close?.lastSeq === entry.seq) this.#hashAtClose = entry.row.hash;
    this.#links = links;
    this.#expectedSeq = entry.seq + 1;
    this.#previous = entry;
  }

  /** To be called after the chain's last entry. */
  finish(): void {
    if (!this.close) return;
    const { lastSeq, lastHash, by } = this.close;
    const says = `entry ${by.seq} of chain ${by.chain} says that this chain ended with seq ${lastSeq}`;
    if (this.#expectedSeq <= lastSeq)
      this.#report('truncated', this.#expectedSeq, null, `Cut off: ${says}.`);
    else if (this.#hashAtClose !== undefined && this.#hashAtClose !== lastHash)
      this.#report(
        'broken_link',
        lastSeq,
        null,
        `Not the entry that was closed: ${says}, with another hash.`,
      );
  }

  #checkPlace(entry: StoredEntry): void {
    const { seq, row } = entry;
    if (seq > this.#expectedSeq) {
      const last = seq - 1;
      const which = last === this.#expectedSeq ? `${last}` : `${this.#expectedSeq} to ${last}`;
      this.#report(
        'missing',
        this.#expectedSeq,
        null,
        `Removed: seq ${which} of this chain is gone.`,
      );
      this.#links = [];
    } else if (seq < 1)
      this.#report('unexpected', seq, row.id, 'No chain has an entry before seq 1.');
    if (seq === 1 && row.type !== 'chain.opened')
      this.#report(
        'unexpected',
        1,
        row.id,
        'A chain begins with a chain.opened entry; this is another.',
      );
    if (this.close && seq > this.#lastAllowedSeq(this.close))
      this.#report(
        'after_close',
        seq,
        row.id,
        `Added after the chain was closed at seq ${this.close.lastSeq}.`,
      );
  }

  // A chain that closed itself has its close as the one entry more.
  #lastAllowedSeq({ by, lastSeq }: ChainClose): number {
    return by.chain === this.chain ? lastSeq + 1 : lastSeq;
  }

  #checkLink(entry: StoredEntry): boolean {
    if (!this.options.checkLinks || this.#links.length === 0) return true;
    if (this.#links.includes(entry.row.prev)) return true;
    const previous = this.#previous;
    const at = previous ?? entry;
    this.#report(
      'broken_link',
      at.seq,
      at.row.id,
      previous
        ? `Changed and hashed anew, or what follows was put in: entry ${entry.row.id} (seq ${entry.seq}) was linked to another entry here.`
        : 'The first entry of a chain is linked to nothing; this one is.',
    );
    return false;
  }

  // Answers what the next entry may be linked to: either hash of a changed one, anything after a moved one.
  #reportChanged(entry: StoredEntry): readonly string[] {
    const { seq, row, computed } = entry;
    const written = this.#findWrittenSeq(entry);
    if (written === undefined) {
      this.#report('changed', seq, row.id, 'Changed: its columns do not have its hash.');
      return [row.hash, computed ?? ''];
    }
    this.#report('reordered', seq, row.id, `Moved: it was written as seq ${written}.`);
    return [];
  }

  #findWrittenSeq(entry: StoredEntry): number | undefined {
    this.#lookedFor += 1;
    if (this.#lookedFor > MAX_LOOKED_FOR || entry.computed === null) return undefined;
    for (let distance = 1; distance <= MOVED_WINDOW; distance += 1)
      for (const seq of [entry.seq - distance, entry.seq + distance])
        if (seq >= 1 && hashAtSeq(entry.row, seq) === entry.row.hash) return seq;
    return undefined;
  }

  #report(kind: LedgerProblemKind, seq: number, id: string | null, detail: string): void {
    this.problems.add({ kind, chain: this.chain, seq, id, since: this.#since, detail });
  }
}
