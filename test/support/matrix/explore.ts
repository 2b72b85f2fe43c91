import { isAllowed } from '#libs/platform/access';
import type { AnyCommand, CommandClass } from '#libs/engine/commands';
import { transaction } from '#libs/platform/db';
import { Attempts, type Counts } from './attempts.js';
import type { Cast } from './casts.js';
import { Findings, type Finding, type Step } from './findings.js';
import type { HeldTransaction } from './held-transaction.js';
import { MADE_TABLES, readMade, readNewest } from './made-tables.js';
import type { Known } from './moves/known.js';
import { MOVES } from './moves/moves.js';
import type { MatrixOrganisation } from './organisation/organisation.js';
import type { Attackers } from './reach/accounts.js';
import { readReach, type Reach } from './reach/reach.js';

/** What was tried, and what came of it. */
export interface Explored extends Counts {
  findings: readonly Finding[];
  /** Gains for which two settled people agreed. */
  agreed: number;
}

/** Where attackers try: the organisation, its transaction and the commands in it. */
export interface Lab {
  organisation: MatrixOrganisation;
  held: HeldTransaction;
  commands: readonly CommandClass[];
  make: (name: string) => AnyCommand;
}

/** A cast in the organisation. */
export interface Members {
  attackers: Attackers;
  labels: Record<string, string>;
  known: Omit<Known, 'made' | 'the'>;
}

/** Whether a pair is tried; the number is its place. */
export type Chosen = (place: number) => boolean;

/** Tries every command alone and then every chosen pair, as these attackers, and undoes it all. */
export const explore = async (lab: Lab, cast: Cast, isChosen: Chosen): Promise<Explored> => {
  let found: Explored | undefined;
  const { held, organisation } = lab;
  const undo = new Error('undo');
  await transaction(
    organisation.db,
    async (tx) => {
      held.hold(tx);
      const members = await cast.join(tx, organisation.ids);
      await cast.before?.(lab, members);
      found = await new Exploration(lab, cast, members, isChosen).run();
      throw undo;
    },
    { timeoutMs: 3_600_000 },
  ).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  if (found === undefined) throw new Error('nothing was explored');
  return found;
};

class Exploration {
  #place = 0;
  readonly #names: Readonly<Record<string, string>>;
  readonly #attempts: Attempts;
  readonly #findings: Findings;
  readonly #isDone = new Set<Step>();

  constructor(
    private readonly lab: Lab,
    private readonly cast: Cast,
    private readonly members: Members,
    private readonly isChosen: Chosen,
  ) {
    this.#names = { ...lab.organisation.ids, ...members.labels };
    this.#attempts = new Attempts(lab.held, lab.make, members.attackers.people, cast.waitsHours);
    this.#findings = new Findings(cast, members.known, this.#names);
  }

  async run(): Promise<Explored> {
    const before = await this.#reachAfter();
    const start = await this.#reach();
    const marker = await readNewest(this.lab.held.tx);
    // What the second of them does first the first does as well, or better.
    const steps = this.#steps(start, this.#knownNow({})).filter(
      ({ actor }) => actor.kind !== 'person' || actor.id !== this.members.known.mate,
    );
    // What a step gives alone is told once, and not again with every other step.
    for (const step of steps) await this.#alone(before, step);
    for (const first of steps) await this.#pairs(before, first, marker);
    const { findings, agreed } = this.#findings;
    return { ...this.#attempts.counts, findings, agreed };
  }

  #alone(before: Reach, step: Step): Promise<void> {
    return this.lab.held.undone(async () => {
      // After what gives too much alone there is no need to look further.
      const by = await this.#attempts.do(step);
      if (by.length === 0 || (await this.#evaluate(before, [step], by))) this.#isDone.add(step);
    });
  }

  async #pairs(before: Reach, first: Step, marker: Record<string, string>): Promise<void> {
    if (this.#isDone.has(first)) return;
    await this.lab.held.undone(async () => {
      const by = await this.#attempts.do(first);
      const made = await readMade(this.lab.held.tx, marker);
      const between = await this.#reach();
      for (const second of this.#steps(between, this.#knownNow(made))) {
        this.#place += 1;
        if (!this.isChosen(this.#place)) continue;
        await this.lab.held.undone(async () => {
          const alsoBy = await this.#attempts.do(second);
          if (alsoBy.length > 0) await this.#evaluate(before, [first, second], [...by, ...alsoBy]);
        });
      }
    });
  }

  async #evaluate(before: Reach, steps: Step[], by: readonly string[]): Promise<boolean> {
    return this.#findings.add(before, await this.#reachAfter(), steps, by);
  }

  #steps({ actors }: Reach, known: Known): Step[] {
    return actors.flatMap((actor) =>
      this.lab.commands
        .filter(({ spec }) => spec.actors === (actor.kind === 'scim' ? 'scim' : 'people'))
        .filter(({ spec }) => isAllowed(actor, spec.permission))
        .flatMap(({ spec }) =>
          (MOVES[spec.name]?.(known) ?? []).map((input) => ({ actor, command: spec.name, input })),
        ),
    );
  }

  /** What they reach in the end: for most at once, in an emergency when it is over. */
  #reachAfter(): Promise<Reach> {
    const { afterwards } = this.cast;
    if (afterwards === undefined) return this.#reach();
    return this.lab.held.undone(async () => {
      await afterwards(this.lab);
      return this.#reach();
    });
  }

  #reach(): Promise<Reach> {
    const { held, make } = this.lab;
    return readReach(held, make, this.members.attackers, this.#names);
  }

  #knownNow(made: Partial<Known['made']>): Known {
    const nothing = Object.fromEntries(MADE_TABLES.map((table) => [table, null]));
    return {
      ...this.members.known,
      the: (word) => {
        const id = this.lab.organisation.ids[word];
        if (id === undefined) throw new Error(`no ${word}`);
        return id;
      },
      made: { ...nothing, ...made } as Known['made'],
    };
  }
}
