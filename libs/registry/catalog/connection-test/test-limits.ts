import { DomainError } from '#libs/platform/kernel';

const MINUTE_MS = 60_000;
const MAX_EACH_MINUTE = 20;
const MAX_AT_ONCE = 4;
const MAX_PEOPLE = 1000;

/**
 * How often people may have this process ask an address that nobody registered: each person so many times a
 * minute, and a few at once in all (invariant P13).
 */
export class TestLimits {
  #atOnce = 0;
  readonly #times = new Map<string, number[]>();

  /** @throws DomainError `rate_limited` */
  async within<T>(personId: string, nowMs: number, work: () => Promise<T>): Promise<T> {
    const recent = (this.#times.get(personId) ?? []).filter((at) => nowMs - at < MINUTE_MS);
    if (recent.length >= MAX_EACH_MINUTE || this.#atOnce >= MAX_AT_ONCE) throw tooMany();
    if (this.#times.size >= MAX_PEOPLE) this.#times.clear();
    this.#times.set(personId, [...recent, nowMs]);
    this.#atOnce += 1;
    try {
      return await work();
    } finally {
      this.#atOnce -= 1;
    }
  }
}

const tooMany = (): DomainError =>
  new DomainError('rate_limited', 'Too many connections are being tested. Try again in a minute.');
