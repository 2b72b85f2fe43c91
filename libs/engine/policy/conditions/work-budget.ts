import { WorkExhaustedError } from '../errors.js';

// One unit is about the validation of one small value. Two million are well under a second and far
// beyond what an honest 1 MB call needs.
const UNITS_PER_CALL = 2_000_000;
// An instruction-character of the regex engine is some 100 times cheaper than a unit at its worst.
const REGEX_STEPS_PER_UNIT = 64;

/** Bounds the time of one evaluation by counted work, so that the answer does not depend on a clock. */
export class WorkBudget {
  #left: number;

  constructor(units: number = UNITS_PER_CALL) {
    this.#left = units;
  }

  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new WorkExhaustedError('evaluating this call took too much work');
  }

  spendRegex(instructions: number, characters: number): void {
    this.spend((instructions * characters) / REGEX_STEPS_PER_UNIT);
  }
}
