import type { CompiledRule } from './compile-rule.js';
import type { PersonFacts } from './facts.js';
import { NO_PEOPLE_RULES, PERSON_DENIALS, type DefaultDenials } from './default-denials.js';
import { RightsSet } from './rights-set.js';

// Sets of rights, not people: a company has few. The bound is for memory only.
const MAX_SETS = 1_000;
const NO_RULES: readonly number[] = [];

/**
 * The rights of people. They are not compiled ahead, since anybody may turn up; people whom exactly the
 * same rules name share one {@link RightsSet}, made when the first of them does.
 */
export class PeopleRights {
  readonly #sets = new Map<string, RightsSet>();
  readonly #rulesOfGroup = new Map<string, number[]>();
  readonly #denials: DefaultDenials;
  /** Of whom no rule names a group. */
  readonly #everybodys: RightsSet;

  constructor(rules: readonly CompiledRule[]) {
    const ofPeople = rules.filter((rule) => rule.principal === 'person');
    this.#denials = ofPeople.length === 0 ? NO_PEOPLE_RULES : PERSON_DENIALS;
    this.#everybodys = new RightsSet('person', new Set(), this.#denials);
    for (const { index, rule } of ofPeople) {
      for (const group of new Set(rule.conditions.people?.groupIds ?? [])) {
        const named = this.#rulesOfGroup.get(group) ?? [];
        named.push(index);
        this.#rulesOfGroup.set(group, named);
      }
    }
  }

  of(person: PersonFacts): RightsSet {
    const named = new Set<number>();
    for (const group of person.groupIds) {
      for (const index of this.#rulesOfGroup.get(group) ?? NO_RULES) named.add(index);
    }
    if (named.size === 0) return this.#everybodys;
    const key = [...named].sort((a, b) => a - b).join();
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    if (this.#sets.size >= MAX_SETS) this.#sets.clear();
    const rights = new RightsSet('person', named, this.#denials);
    this.#sets.set(key, rights);
    return rights;
  }
}
