import { Injectable } from '@nestjs/common';
import {
  can,
  permissionDenied,
  type Permission,
  type SubjectName,
  type Subjects,
} from '#libs/platform/access';
import type { EpochSection, Tx } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import { writeToOutbox } from '#libs/platform/queue';
import { withSpan } from '#libs/platform/telemetry';
import type { z } from 'zod';
import type { Change, CommandContext } from './change.js';
import { type Attempt, moveEpoch, type Performed } from './attempt.js';
import { doneEntry, rejectedEntry } from './command-entry.js';
import { invalidInput, toDomainError } from './command-errors.js';
import { assertStorable } from './storable.js';
import { observeCommand } from './command-metrics.js';
import { CommandRuntime } from './command-runtime.js';
import { recordRejection } from './record-rejection.js';

/** What a command declares of itself. */
export interface CommandTraits<S extends SubjectName> {
  /** In kebab-case; also the type of its ledger entry. */
  readonly name: string;
  /** What the actor must be permitted to do to the instance. */
  readonly permission: Permission & { subject: S };
  /**
   * Whether it takes or gives rights: then it moves the epoch, and every replica evaluates again. Naming the
   * one part of the snapshot that changes saves the replicas from reading the other again.
   */
  readonly changesRights: boolean | EpochSection;
  /** Whether the instance comes into being: then there is nothing to hide, and a rejection says so. */
  readonly creates: boolean;
  /** Who may be the actor at all, besides the installation itself; `system`: nobody else. */
  readonly actors: 'people' | 'scim' | 'system';
}

/**
 * One use case that changes state. A subclass says what it is and does the work; this class parses,
 * authorises on the loaded instance, runs it all in one transaction with the ledger entry as its last
 * statement, records rejections and failures, traces and counts. `execute` cannot be replaced.
 */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class Command<
  Input,
  Output,
  S extends SubjectName,
  Instance extends Subjects[S] = Subjects[S],
> {
  abstract readonly traits: CommandTraits<S>;
  abstract readonly input: z.ZodType<Input>;

  constructor(protected readonly runtime: CommandRuntime) {
    // Neither a method nor a field of a subclass can take its place.
    const own = Object.getOwnPropertyDescriptor(Command.prototype, 'execute');
    if (this.execute !== own?.value) throw new TypeError('Cannot redefine property: execute');
    Object.defineProperty(this, 'execute', { ...own, writable: false, configurable: false });
    const within = Object.getOwnPropertyDescriptor(Command.prototype, 'within');
    if (this.within !== within?.value) throw new TypeError('Cannot redefine property: within');
    Object.defineProperty(this, 'within', { ...within, writable: false, configurable: false });
  }

  /**
   * Does it, for this actor.
   * @throws DomainError with a code of the closed list, and a sentence for the actor.
   */
  async execute(actor: Actor, rawInput: unknown): Promise<Output> {
    const { name } = this.traits;
    return withSpan(`command ${name}`, { 'command.name': name, 'actor.kind': actor.kind }, () =>
      observeCommand(name, () => this.#attempt(actor, rawInput)),
    );
  }

  /**
   * Does it as one of several that {@link executeTogether} commits at once, and never throws for what the
   * actor asked: a rejection undoes this command alone, and comes back with its entry.
   */
  async within(tx: Tx, actor: Actor, rawInput: unknown): Promise<Attempt<Output>> {
    const { name } = this.traits;
    let subjectId: string | null = null;
    await tx.$executeRaw`SAVEPOINT command`;
    try {
      const input = await this.#parse(rawInput);
      subjectId = this.subjectId(input);
      const done = await withSpan(
        `command ${name}`,
        { 'command.name': name, 'actor.kind': actor.kind },
        () => observeCommand(name, () => this.#perform(tx, actor, input)),
      );
      await tx.$executeRaw`RELEASE SAVEPOINT command`;
      return { done: true, ...done };
    } catch (thrown) {
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT command`;
      const error = toDomainError(thrown);
      const entry = rejectedEntry(this.#identity(), actor, null, error, subjectId);
      return { done: false, error, entry };
    }
  }

  /** The id of the thing that the input is about, for the entry of a rejection. */
  protected abstract subjectId(input: Input): string | null;

  /** Loads, and where it matters locks, what the command acts on; null when there is no such thing. */
  protected abstract load(ctx: CommandContext, input: Input): Promise<Instance | null>;

  /** Does the work and says what changed. */
  protected abstract run(
    ctx: CommandContext,
    input: Input,
    instance: Instance,
  ): Promise<Change<Output>>;

  /** Why an actor who may see the instance may not do this; replace it to say it more exactly. */
  protected rejection(_actor: Actor, _instance: Instance): DomainError {
    return permissionDenied(this.traits.permission);
  }

  async #attempt(actor: Actor, rawInput: unknown): Promise<Output> {
    let subjectId: string | null = null;
    try {
      const input = await this.#parse(rawInput);
      subjectId = this.subjectId(input);
      return await this.#commit(actor, input);
    } catch (error) {
      const rejection = toDomainError(error);
      await recordRejection(this.runtime, {
        ...this.#identity(),
        subjectId,
        actor,
        error: rejection,
      });
      throw rejection;
    }
  }

  async #parse(rawInput: unknown): Promise<Input> {
    const parsed = await this.input.safeParseAsync(rawInput);
    if (!parsed.success) throw invalidInput(parsed.error);
    assertStorable(parsed.data);
    return parsed.data;
  }

  async #commit(actor: Actor, input: Input): Promise<Output> {
    const { db, writer } = this.runtime;
    const committed = await writer.commit(db, async (tx) => {
      const { output, entry, moves } = await this.#perform(tx, actor, input);
      // Late: the lock waits for group commits under way and holds up those that come.
      return { result: output, entry, beforeAppend: (last) => moveEpoch(last, [moves]) };
    });
    return committed.result;
  }

  async #perform(tx: Tx, actor: Actor, input: Input): Promise<Performed<Output>> {
    const ctx = contextOf(tx, actor, this.runtime.clock.now());
    const email = await emailOfActive(tx, actor);
    const instance = await this.#authorised(ctx, input);
    const { output, ...change } = await this.run(ctx, input, instance);
    const entry = doneEntry(this.#identity(), actor, email, change);
    return {
      output,
      entry,
      moves: change.keepsRights === true ? false : this.traits.changesRights,
    };
  }

  async #authorised(ctx: CommandContext, input: Input): Promise<Instance> {
    const { permission, creates, actors } = this.traits;
    const { actor } = ctx;
    if (actor.kind !== 'system' && actor.kind !== ACTOR_KIND[actors])
      throw permissionDenied(permission);
    const instance = await this.load(ctx, input);
    if (instance === null) throw notFound();
    if (can(actor, permission.action, permission.subject, instance)) return instance;
    // What one may not even read does not exist, as far as one can tell.
    if (creates || can(actor, 'read', permission.subject, instance)) {
      throw this.rejection(actor, instance);
    }
    throw notFound();
  }

  #identity(): { name: string; subject: SubjectName } {
    return { name: this.traits.name, subject: this.traits.permission.subject };
  }
}

const ACTOR_KIND = { people: 'person', scim: 'scim', system: 'system' } as const;

const contextOf = (tx: Tx, actor: Actor, now: Date): CommandContext => ({
  tx,
  actor,
  now,
  enqueue: (name, payload) => writeToOutbox(tx, name, payload, now),
});

const notFound = (): DomainError =>
  new DomainError('not_found', 'Not found, or you do not have access to it.');

// A person who was disabled a moment ago may still hold a session: the database knows better.
const emailOfActive = async (tx: Tx, actor: Actor): Promise<string | null> => {
  if (actor.kind !== 'person') return null;
  const person = await tx.person.findUnique({
    where: { id: actor.id, disabledAt: null },
    select: { email: true },
  });
  if (person !== null) return person.email;
  throw new DomainError('unauthenticated', 'This account is not active any more. Sign in again.');
};
