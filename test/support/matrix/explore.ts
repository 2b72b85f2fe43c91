import { isAllowed } from '#libs/platform/access';
import { ChangeProposedError, type AnyCommand, type CommandClass } from '#libs/engine/commands';
import { transaction } from '#libs/platform/db';
import { DomainError, systemActor, type Actor, type Role } from '#libs/platform/kernel';
import type { HeldTransaction } from './held-transaction.js';
import { MADE_TABLES } from './made-tables.js';
import { MOVES, type Known } from './moves.js';
import type { MatrixOrganisation } from './organisation.js';
import { readReach, type Attackers, type Reach } from './reach.js';
import { RIGHTS } from './rights.js';
import type { Cast } from './casts.js';

/** One step of a sequence. */
interface Step {
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

/** What was tried, and what came of it. */
export interface Explored {
  tried: number;
  done: number;
  proposed: number;
  rejected: number;
  errors: Record<string, string>;
  findings: Finding[];
  /** Gains for which two settled people agreed. */
  agreed: number;
}

export interface Lab {
  organisation: MatrixOrganisation;
  held: HeldTransaction;
  commands: readonly CommandClass[];
  make: (name: string) => AnyCommand;
}

/** Whether a pair is tried; the number is its place. */
export type Chosen = (place: number) => boolean;

/** Tries every command alone and then every chosen pair, as these attackers, and undoes it all. */
export const explore = async (lab: Lab, cast: Cast, isChosen: Chosen): Promise<Explored> => {
  const found: Explored = {
    tried: 0,
    done: 0,
    proposed: 0,
    rejected: 0,
    errors: {},
    findings: [],
    agreed: 0,
  };
  const { held, organisation } = lab;
  const undo = new Error('undo');
  await transaction(
    organisation.db,
    async (tx) => {
      held.hold(tx);
      const members = await cast.join(tx, organisation.ids);
      await new Exploration(lab, cast, members, found, isChosen).run();
      throw undo;
    },
    { timeoutMs: 3_600_000 },
  ).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return found;
};

// Calls for people say no more than the calls.
const kindOf = (gain: string): string => gain.replace(/ for .*/, '');

const holdsSettled = (actor: Actor, role: Role): boolean =>
  actor.kind === 'person' &&
  actor.roles.includes(role) &&
  actor.coolingOffRoles?.includes(role) !== true;

export interface Members {
  attackers: Attackers;
  labels: Record<string, string>;
  known: Omit<Known, 'made' | 'the'>;
}

class Exploration {
  #place = 0;
  readonly #known = new Set<string>();
  readonly #isDone = new Set<Step>();

  constructor(
    private readonly lab: Lab,
    private readonly cast: Cast,
    private readonly members: Members,
    private readonly found: Explored,
    private readonly isChosen: Chosen,
  ) {}

  async run(): Promise<void> {
    const before = await this.#reachAfter();
    const start = await this.#reach();
    const marker = await this.#newest();
    // What the second of them does first the first does as well, or better.
    const steps = this.#steps(start, this.#knownNow({})).filter(
      ({ actor }) => actor.kind !== 'person' || actor.id !== this.members.known.mate,
    );
    // What a step gives alone is told once, and not again with every other step.
    for (const step of steps) await this.#alone(before, step);
    for (const first of steps) await this.#pairs(before, first, marker);
  }

  #alone(before: Reach, step: Step): Promise<void> {
    return this.lab.held.undone(async () => {
      // After what gives too much alone there is no need to look further.
      if (!(await this.#do(step)) || (await this.#evaluate(before, [step]))) this.#isDone.add(step);
    });
  }

  async #pairs(before: Reach, first: Step, marker: Record<string, string>): Promise<void> {
    if (this.#isDone.has(first)) return;
    await this.lab.held.undone(async () => {
      await this.#do(first);
      const made = await this.#made(marker);
      const between = await this.#reach();
      for (const second of this.#steps(between, this.#knownNow(made))) {
        this.#place += 1;
        if (!this.isChosen(this.#place)) continue;
        await this.lab.held.undone(async () => {
          if (await this.#do(second)) await this.#evaluate(before, [first, second]);
        });
      }
    });
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

  /** Whether anything came of it: done, or proposed. */
  async #do({ actor, command, input }: Step): Promise<boolean> {
    this.found.tried += 1;
    try {
      await this.lab.make(command).execute(actor, input);
      this.found.done += 1;
    } catch (error) {
      if (error instanceof ChangeProposedError) {
        this.found.proposed += 1;
        await this.#confirm(command, error.proposedChange.id);
        return true;
      }
      this.found.rejected += 1;
      if (!(error instanceof DomainError) || error.code === 'internal')
        this.found.errors[command] = String(
          error instanceof Error ? (error.cause ?? error) : error,
        );
      else if (error.code === 'invalid_input' || error.code === 'unavailable')
        this.found.errors[command] ??= error.message;
      return false;
    }
    await this.#discover();
    return true;
  }

  /** They agree to it wherever they can: at once, and when nobody else is there after a while. */
  async #confirm(command: string, id: string): Promise<void> {
    for (const personId of this.members.attackers.people) {
      const actor: Actor = { kind: 'person', id: personId, name: '', roles: [], teamIds: [] };
      try {
        await this.lab.make(command).confirm(actor, { id, subjectId: '', note: 'fine' });
        return;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }

  /** What the worker does then: it asks new tool servers for their tools. */
  async #discover(): Promise<void> {
    const { tx } = this.lab.held;
    const servers = await tx.toolServer.findMany({
      where: { state: 'discovering' },
      select: { id: true, url: true },
    });
    for (const { id: serverId, url } of servers) {
      const names = /bank/i.test(url) ? ['balance', 'pay'] : ['grab'];
      const tools = names.map((name) => ({
        name,
        title: null,
        description: null,
        inputSchema: { type: 'object' },
        annotations: {},
        classification: 'write',
        operation: null,
        definitionDigest: 'b'.repeat(64),
      }));
      await this.lab.make('pin-tools').execute(systemActor('worker'), {
        found: true,
        serverId,
        url,
        tools,
        rejected: [],
        document: null,
      });
    }
  }

  /** Whether they gained something by it. */
  async #evaluate(before: Reach, steps: Step[]): Promise<boolean> {
    const after = await this.#reachAfter();
    const rights = steps.flatMap(({ command, actor }) =>
      (RIGHTS[command] ?? []).filter(({ by }) => by === undefined || holdsSettled(actor, by)),
    );
    const gains = [...after.facts.difference(before.facts)].filter(
      (gain) => !rights.some((right) => right.gain.test(gain)),
    );
    const told = steps.map((step) => this.#tell(step));
    const news = gains.filter((gain) => !told.some((step) => this.#known.has(`${step} ${gain}`)));
    if (news.length === 0) return false;
    if (this.cast.isTwoSettled) this.found.agreed += 1;
    if (steps.length === 1) for (const gain of news) this.#known.add(`${told.join('')} ${gain}`);
    // One example for each pair of commands.
    const example = [...steps.map(({ command }) => command), ...news.map(kindOf)].join(' ');
    if (this.cast.isTwoSettled || this.#known.has(example)) return !this.cast.isTwoSettled;
    this.#known.add(example);
    this.found.findings.push({ cast: this.cast.name, steps: told, gains: news });
    return true;
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

  #tell({ actor, command, input }: Step): string {
    const labels = new Map(
      Object.entries({ ...this.lab.organisation.ids, ...this.members.labels }).map(([name, id]) => [
        id,
        name,
      ]),
    );
    const text = JSON.stringify(input).replaceAll(
      /[0-9a-f]{8}-[0-9a-f-]{27}/g,
      (id) => labels.get(id) ?? 'the new one',
    );
    const who = actor.kind === 'scim' ? 'the SCIM token' : (labels.get(actor.id) ?? 'a new person');
    return `${who}: ${command} ${text.slice(0, 220)}`;
  }

  #reach(): Promise<Reach> {
    const { held, make, organisation } = this.lab;
    return readReach(held, make, this.members.attackers, {
      ...organisation.ids,
      ...this.members.labels,
    });
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

  async #newest(): Promise<Record<string, string>> {
    const selects = MADE_TABLES.map(
      (table) => `SELECT '${table}' AS name, coalesce(max(id::text), '') AS id FROM ${table}`,
    );
    const rows = await this.lab.held.tx.$queryRawUnsafe<{ name: string; id: string }[]>(
      selects.join(' UNION ALL '),
    );
    return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
  }

  /** Ids grow with time: what is newer than before was made in between. */
  async #made(before: Record<string, string>): Promise<Partial<Known['made']>> {
    const now = await this.#newest();
    return Object.fromEntries(
      Object.entries(now).map(([name, id]) => [name, id > (before[name] ?? '') ? id : null]),
    );
  }
}
