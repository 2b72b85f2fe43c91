import type { Actor, Role } from '#libs/platform/kernel';
import type { Cast } from './casts.js';
import type { Known } from './moves/known.js';
import type { Reach } from './reach/reach.js';
import { RIGHTS } from './rights.js';

/** One step of a sequence. */
export interface Step {
  actor: Actor;
  command: string;
  input: object;
}

/** A sequence after which attackers can do what they should not. */
export interface Finding {
  cast: string;
  steps: string[];
  gains: string[];
}

// Calls for people say no more than the calls.
const kindOf = (gain: string): string => gain.replace(/ for .*/, '');

const holdsSettled = (actor: Actor, role: Role): boolean =>
  actor.kind === 'person' &&
  actor.roles.includes(role) &&
  actor.coolingOffRoles?.includes(role) !== true;

/** What one cast gained: told once for each pair of commands, and not again for a step that gives it alone. */
export class Findings {
  readonly findings: Finding[] = [];
  /** Gains for which two settled people agreed. */
  agreed = 0;
  readonly #told = new Set<string>();

  constructor(
    private readonly cast: Cast,
    private readonly known: Pick<Known, 'me' | 'mate'>,
    private readonly names: Readonly<Record<string, string>>,
  ) {}

  /** Whether these steps of these people gave them something: what is not the right itself. */
  add(before: Reach, after: Reach, steps: readonly Step[], by: readonly string[]): boolean {
    const rights = steps.flatMap(({ command, actor }) =>
      (RIGHTS[command] ?? []).filter(({ by }) => by === undefined || holdsSettled(actor, by)),
    );
    const gains = [...after.facts.difference(before.facts)].filter(
      (gain) => !rights.some((right) => right.gain.test(gain)),
    );
    const told = steps.map((step) => this.#tell(step));
    const news = gains.filter((gain) => !told.some((step) => this.#told.has(`${step} ${gain}`)));
    if (news.length === 0) return false;
    const isAgreed = this.#areTwo(by);
    if (isAgreed) this.agreed += 1;
    if (steps.length === 1) for (const gain of news) this.#told.add(`${told.join('')} ${gain}`);
    // One example for each pair of commands.
    const example = [...steps.map(({ command }) => command), ...news.map(kindOf)].join(' ');
    if (isAgreed || this.#told.has(example)) return !isAgreed;
    this.#told.add(example);
    this.findings.push({ cast: this.cast.name, steps: told, gains: news });
    return true;
  }

  #areTwo(by: readonly string[]): boolean {
    const { me, mate } = this.known;
    return this.cast.isTwoSettled && mate !== null && by.includes(me) && by.includes(mate);
  }

  #tell({ actor, command, input }: Step): string {
    const labels = new Map(Object.entries(this.names).map(([name, id]) => [id, name]));
    const text = JSON.stringify(input).replaceAll(
      /[0-9a-f]{8}-[0-9a-f-]{27}/g,
      (id) => labels.get(id) ?? 'the new one',
    );
    const who = actor.kind === 'scim' ? 'the SCIM token' : (labels.get(actor.id) ?? 'a new person');
    return `${who}: ${command} ${text.slice(0, 220)}`;
  }
}
