import { compareText } from '#libs/platform/kernel';
import type { LedgerProblem } from './report.js';

const MAX_KEPT = 100;

/** Counts every problem and keeps the earliest ones. */
export class ProblemList {
  readonly #kept: LedgerProblem[] = [];
  #count = 0;

  add(problem: LedgerProblem): void {
    this.#count += 1;
    this.#kept.push(problem);
    if (this.#kept.length < 2 * MAX_KEPT) return;
    this.#kept.sort(byTime);
    this.#kept.length = MAX_KEPT;
  }

  get count(): number {
    return this.#count;
  }

  /** The earliest ones, earliest first. */
  sorted(): LedgerProblem[] {
    return this.#kept.toSorted(byTime).slice(0, MAX_KEPT);
  }
}

const byTime = (a: LedgerProblem, b: LedgerProblem): number =>
  compareText(a.since ?? '~', b.since ?? '~') ||
  compareText(a.chain ?? '~', b.chain ?? '~') ||
  (a.seq ?? Infinity) - (b.seq ?? Infinity) ||
  0;
