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

type Marker = Record<string, string>;

/** The places of the pairs that begin with a step. */
interface Places {
  first: number;
  after: number;
}

class Exploration {
  #nextPlace = 1;
  readonly #names: Readonly<Record<string, string>>;
  readonly #attempts: Attempts;
  readonly #findings: Findings;
  readonly #places = new Map<Step, Places>();

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
    const start = await this.#reach();
    const before = await this.#reachAfter(start);
    const marker = await readNewest(this.lab.held.tx);
    // What the second of them does first the first does as well, or better.
    const steps = this.#steps(start, this.#knownNow({})).filter(
      ({ actor }) => actor.kind !== 'person' || actor.id !== this.members.known.mate,
    );
    // What a step gives alone is told once, and not again with every other step.
    for (const step of steps) await this.#alone(before, step, marker);
    for (const first of steps) await this.#pairs(before, first, marker);
    const { findings, agreed } = this.#findings;
    return { ...this.#attempts.counts, findings, agreed };
  }

  #alone(before: Reach, step: Step, marker: Marker): Promise<void> {
    return this.lab.held.undone(async () => {
      const by = await this.#attempts.do(step);
      if (by.length === 0) return;
      const between = await this.#reach();
      // After what gives too much alone there is no need to look further.
      if (await this.#evaluate(before, between, [step], by)) return;
      const first = this.#nextPlace;
      this.#nextPlace += (await this.#stepsNow(between, marker)).length;
      this.#places.set(step, { first, after: this.#nextPlace });
    });
  }

  async #pairs(before: Reach, first: Step, marker: Marker): Promise<void> {
    const chosen = this.#chosenAfter(first);
    // Most steps have none: then even the first of the pair need not be done again.
    if (chosen.length === 0) return;
    await this.lab.held.undone(async () => {
      const by = await this.#attempts.do(first);
      const seconds = await this.#stepsNow(await this.#reach(), marker);
      for (const second of chosen.map((index) => seconds[index] as Step))
        await this.lab.held.undone(async () => {
          const alsoBy = await this.#attempts.do(second);
          if (alsoBy.length === 0) return;
          const both = [...by, ...alsoBy];
          await this.#evaluate(before, await this.#reach(), [first, second], both);
        });
    });
  }

  /** Which of the steps that come after this one are tried with it. */
  #chosenAfter(step: Step): number[] {
    const { first, after } = this.#places.get(step) ?? { first: 0, after: 0 };
    return Array.from({ length: after - first }, (_, index) => index).filter((index) =>
      this.isChosen(first + index),
    );
  }

  /** What they can do next, also with what was made since the marker. */
  async #stepsNow(now: Reach, marker: Marker): Promise<Step[]> {
    return this.#steps(now, this.#knownNow(await readMade(this.lab.held.tx, marker)));
  }

  async #evaluate(
    before: Reach,
    now: Reach,
    steps: Step[],
    by: readonly string[],
  ): Promise<boolean> {
    return this.#findings.add(before, await this.#reachAfter(now), steps, by);
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

  /** What they reach in the end: for most what they reach now, in an emergency when it is over. */
  async #reachAfter(now: Reach): Promise<Reach> {
    const { afterwards } = this.cast;
    if (afterwards === undefined) return now;
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
