import { quantile, ratios, spread } from './statistics.mjs';

const perSecond = (count, seconds) => count / seconds;

/** The head over the rows of {@link Figures}. */
export const HEAD = [
  '',
  'SCIM, per s',
  'request p50 / p99, ms',
  'one statement per row, per s',
  'many rows per statement, per s',
  'SCIM / one per row',
  'SCIM / many',
];

/** What was measured of one kind of request, round by round. */
export class Figures {
  #scim = [];
  #each = [];
  #many = [];
  #waits = [];

  constructor(what) {
    this.what = what;
  }

  add({ count, scim, eachSeconds, manySeconds }) {
    this.#scim.push(perSecond(count, scim.seconds));
    this.#waits.push(...scim.waits);
    this.#each.push(perSecond(count, eachSeconds));
    if (manySeconds !== undefined) this.#many.push(perSecond(count, manySeconds));
  }

  row() {
    const hasMany = this.#many.length > 0;
    return [
      this.what,
      spread(this.#scim, 0),
      `${quantile(this.#waits, 0.5).toFixed(1)} / ${quantile(this.#waits, 0.99).toFixed(1)}`,
      spread(this.#each, 0),
      hasMany ? spread(this.#many, 0) : '–',
      spread(ratios(this.#scim, this.#each), 3),
      hasMany ? spread(ratios(this.#scim, this.#many), 4) : '–',
    ];
  }
}
