import { Injectable } from '@nestjs/common';
import { holdActor } from '#libs/engine/actors';
import { can, permissionDenied, type SubjectName, type Subjects } from '#libs/platform/access';
import { isDeadlock, takeAdvisoryLock, type Tx } from '#libs/platform/db';
import { DomainError, newId, type Actor } from '#libs/platform/kernel';
import { writeToOutbox } from '#libs/platform/queue';
import { withSpan } from '#libs/platform/telemetry';
import type { z } from 'zod';
import { RecordChanges } from '#libs/engine/record-signatures';
import { addFacts } from './add-facts.js';
import type { Change, CommandContext } from './change.js';
import type { CommandSpec, DeclaredCommand } from './command-spec.js';
import { type Attempt, moveEpoch, type Performed } from './attempt.js';
import { doneEntry, rejectedEntry } from './command-entry.js';
import { invalidInput, toDomainError } from './command-errors.js';
import { assertStorable } from './storable.js';
import { observeCommand } from './command-metrics.js';
import { CommandRuntime } from './command-runtime.js';
import { recordRejection } from './record-rejection.js';
import { retryOnDeadlock } from './retry-on-deadlock.js';

type AnySpec = CommandSpec<SubjectName, z.ZodType, never> & DeclaredCommand;

/**
 * One use case that changes state, made by {@link command} or {@link changeOf}. This class parses, holds the actor
 * and what lets them act, authorises on the loaded instance, runs it all in one transaction with the ledger entry as its last statement, records
 * rejections and failures, traces and counts. `execute` cannot be replaced.
 */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class Command<Input, Output, Instance> {
  /** What its class declares. */
  readonly spec: DeclaredCommand;
  readonly #spec: AnySpec;

  constructor(protected readonly runtime: CommandRuntime) {
    // Neither a method nor a field of a subclass can take its place.
    for (const name of ['execute', 'executeIn'] as const) {
      const own = Object.getOwnPropertyDescriptor(Command.prototype, name);
      if (this[name] !== own?.value) throw new TypeError(`Cannot redefine property: ${name}`);
      Object.defineProperty(this, name, { ...own, writable: false, configurable: false });
    }
    this.#spec = (new.target as unknown as { spec: AnySpec }).spec;
    this.spec = this.#spec;
  }

  /**
   * Does it, for this actor.
   * @throws DomainError with a code of the closed list, and a sentence for the actor.
   */
  async execute(actor: Actor, rawInput: unknown): Promise<Output> {
    const { name } = this.#spec;
    return withSpan(`command ${name}`, { 'command.name': name, 'actor.kind': actor.kind }, () =>
      observeCommand(name, () => this.#attempt(actor, rawInput)),
    );
  }

  /**
   * Does it as one of several that {@link executeTogether} commits at once, and never throws for what the
   * actor asked: a rejection undoes this command alone, and comes back with its entry. Throws for a deadlock.
   */
  async executeIn(tx: Tx, actor: Actor, rawInput: unknown): Promise<Attempt<Output>> {
    const { name } = this.#spec;
    let subjectId: string | null = null;
    await tx.$executeRaw`SAVEPOINT command`;
    try {
      const input = await this.#parse(rawInput);
      subjectId = this.#subjectId(input);
      const done = await withSpan(
        `command ${name}`,
        { 'command.name': name, 'actor.kind': actor.kind },
        () => observeCommand(name, () => this.#perform(tx, actor, input)),
      );
      await tx.$executeRaw`RELEASE SAVEPOINT command`;
      return { done: true, ...done };
    } catch (thrown) {
      // Locks of the steps before are part of it: only all of them can be tried again.
      if (isDeadlock(thrown)) throw thrown;
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT command`;
      const error = toDomainError(thrown);
      const entry = rejectedEntry(this.#identity(), actor, null, error, subjectId);
      return { done: false, error, entry };
    }
  }

  /** Does the work and says what changed. */
  protected abstract run(
    ctx: CommandContext,
    input: Input,
    instance: Instance,
  ): Promise<Change<Output>>;

  async #attempt(actor: Actor, rawInput: unknown): Promise<Output> {
    let subjectId: string | null = null;
    try {
      const input = await this.#parse(rawInput);
      subjectId = this.#subjectId(input);
      return await retryOnDeadlock(() => this.#commit(actor, input));
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
    const parsed = await this.#spec.input.safeParseAsync(rawInput);
    if (!parsed.success) throw invalidInput(parsed.error);
    assertStorable(parsed.data);
    return parsed.data as Input;
  }

  #subjectId(input: Input): string | null {
    if (this.#spec.subjectId !== undefined) return this.#spec.subjectId(input);
    return (input as { id?: string }).id ?? null;
  }

  async #commit(actor: Actor, input: Input): Promise<Output> {
    const { db, writer } = this.runtime;
    const committed = await writer.commit(db, async (tx) => {
      const { output, entry, moves } = await this.#perform(tx, actor, input);
      // Late: the lock waits for group commits in progress and blocks later ones.
      return { result: output, entry, beforeAppend: (last) => moveEpoch(last, [moves]) };
    });
    return committed.result;
  }

  async #perform(tx: Tx, claimed: Actor, input: Input): Promise<Performed<Output>> {
    const { locksFirst } = this.#spec;
    if (locksFirst !== undefined) await takeAdvisoryLock(tx, locksFirst);
    this.#assertKind(claimed);
    const ended: Facts[] = [];
    const records = new RecordChanges(tx, this.runtime.signer);
    const { clock, coolingOffHours } = this.runtime;
    const now = clock.now();
    const { actor, email } = await holdActor(tx, claimed, { now, coolingOffHours });
    const ctx = contextOf({ tx, actor, now }, this.runtime, { ended, records });
    const instance = await this.#authorised(ctx, input);
    const { output, ...change } = await this.run(ctx, input, instance);
    const facts = { ...addFacts(ended), ...change.facts };
    const entry = {
      ...doneEntry(this.#identity(), actor, email, { ...change, facts }),
      id: newId(),
    };
    await records.sign({ actor, entryId: entry.id, now: ctx.now });
    return {
      output,
      entry,
      moves: change.keepsRights === true ? false : this.#spec.changesRights,
    };
  }

  #assertKind(actor: Actor): void {
    const { permission, actors } = this.#spec;
    if (actor.kind === 'system' || actor.kind === ACTOR_KIND[actors]) return;
    throw permissionDenied(permission);
  }

  async #authorised(ctx: CommandContext, input: Input): Promise<Instance> {
    const { permission, creates } = this.#spec;
    const { actor } = ctx;
    const instance = (await this.#spec.load(ctx, input)) as
      (Instance & Subjects[SubjectName]) | null;
    if (instance === null) throw notFound();
    if (can(actor, permission.action, permission.subject, instance)) return instance;
    // What one may not even read does not exist, as far as one can tell.
    if (creates || can(actor, 'read', permission.subject, instance)) {
      throw this.#spec.rejection?.(actor, instance as never) ?? permissionDenied(permission);
    }
    throw notFound();
  }

  #identity(): { name: string; subject: SubjectName } {
    return { name: this.#spec.name, subject: this.#spec.permission.subject };
  }
}

type Facts = Change<unknown>['facts'];

const ACTOR_KIND = { people: 'person', scim: 'scim', system: 'system' } as const;

const contextOf = (
  { tx, actor, now }: Pick<CommandContext, 'tx' | 'actor' | 'now'>,
  { onAccessEnded }: CommandRuntime,
  { ended, records }: { ended: Facts[]; records: RecordChanges },
): CommandContext => {
  const ctx: CommandContext = {
    tx,
    actor,
    now,
    enqueue: (name, payload) => writeToOutbox(tx, name, payload, now),
    signs: (kind, ids) => records.track(kind, ids),
    signsNew: (kind, ids) => records.trackNew(kind, ids),
    async endAccess(subject) {
      for (const hook of onAccessEnded) ended.push(await hook(ctx, subject));
    },
  };
  return ctx;
};

const notFound = (): DomainError =>
  new DomainError('not_found', 'Not found, or you do not have access to it.');
