import { Injectable } from '@nestjs/common';
import { holdActor, type HeldActor } from '#libs/engine/actors';
import type { SubjectName, Subjects } from '#libs/platform/access';
import { isDeadlock, takeAdvisoryLock, type Tx } from '#libs/platform/db';
import { newId, type Actor } from '#libs/platform/kernel';
import { addFacts } from './add-facts.js';
import { moveEpoch, type Attempt, type Performed } from './attempt.js';
import { assertKind, loadAuthorised } from './authorise.js';
import type { Change, CommandContext } from './change.js';
import { startWork, type Work } from './command-context.js';
import { doneEntry, rejectedEntry } from './command-entry.js';
import { toDomainError } from './command-errors.js';
import { parseInput, subjectIdOf } from './command-input.js';
import { observeCommand } from './observe-command.js';
import { CommandRuntime } from './command-runtime.js';
import type { AnySpec, DeclaredCommand } from './command-spec.js';
import { emergencyUsed, recordEmergencyUse } from './emergency/emergency-use.js';
import { recordRejection } from './record-rejection.js';
import { retryOnDeadlock } from './retry-on-deadlock.js';
import { assertConfirmer, assertNeverAlone } from './second-person/assert-confirmer.js';
import {
  assertAsShown,
  holdProposal,
  notPermittedAnyMore,
  overtaken,
} from './second-person/held-proposal.js';
import { assertSettled, basisOf, propose } from './second-person/propose.js';
import { decideProposedChange } from './second-person/proposed-changes.repository.js';
import { pairEffectOf } from './second-person/rights.js';
import {
  ChangeProposedError,
  isHarmless,
  type Confirmation,
  type SecondPerson,
} from './second-person/second-person.js';

/**
 * One use case that changes state, made by {@link command} or {@link changeOf}. This class parses, holds the
 * actor and what lets them act, authorises on the loaded instance, has a second person confirm what needs
 * one, runs it all in one transaction with the ledger entry as its last statement, records rejections and
 * failures, traces and counts. `execute` cannot be replaced.
 */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class Command<Input, Output, Instance> {
  /** What its class declares. */
  readonly spec: DeclaredCommand;
  readonly #spec: AnySpec;

  constructor(protected readonly runtime: CommandRuntime) {
    // Neither a method nor a field of a subclass can take its place.
    for (const name of ['execute', 'executeIn', 'confirm'] as const) {
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
    return observeCommand(this.#spec.name, actor, () => this.#attempt(actor, rawInput));
  }

  /**
   * Does what somebody proposed, when the actor is a second person who may confirm it: both are held and
   * authorized anew, in the transaction that does it.
   */
  async confirm(actor: Actor, confirmation: Confirmation): Promise<Output> {
    const confirmed = () =>
      this.#recorded(actor, (about) => {
        about.subjectId = confirmation.subjectId;
        return this.#commit((tx) => this.#performConfirmed(tx, actor, confirmation));
      });
    return observeCommand(this.#spec.name, actor, confirmed, 'confirm');
  }

  /**
   * Does it as one of several that {@link executeTogether} commits at once, and never throws for what the
   * actor asked: a rejection undoes this command alone, and comes back with its entry. Throws for a deadlock.
   */
  async executeIn(tx: Tx, actor: Actor, rawInput: unknown): Promise<Attempt<Output>> {
    let subjectId: string | null = null;
    await tx.$executeRaw`SAVEPOINT command`;
    try {
      const input = (await parseInput(this.#spec, rawInput)) as Input;
      subjectId = subjectIdOf(this.#spec, input);
      const done = await observeCommand(this.#spec.name, actor, () =>
        this.#perform(tx, actor, input),
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

  #attempt(actor: Actor, rawInput: unknown): Promise<Output> {
    return this.#recorded(actor, async (about) => {
      const input = (await parseInput(this.#spec, rawInput)) as Input;
      about.subjectId = subjectIdOf(this.#spec, input);
      return this.#commit((tx) => this.#perform(tx, actor, input));
    });
  }

  /** Commits the work, or records why not. */
  async #recorded(
    actor: Actor,
    work: (about: { subjectId: string | null }) => Promise<Output>,
  ): Promise<Output> {
    const about: { subjectId: string | null } = { subjectId: null };
    try {
      return await work(about);
    } catch (error) {
      if (error instanceof ChangeProposedError) throw error;
      const rejection = toDomainError(error);
      const { subjectId } = about;
      const rejected = { ...this.#identity(), subjectId, actor, error: rejection };
      await recordRejection(this.runtime, rejected);
      throw rejection;
    }
  }

  async #commit(perform: (tx: Tx) => Promise<Performed<Output>>): Promise<Output> {
    const { db, writer } = this.runtime;
    const { timeoutMs } = this.#spec;
    const work = async (tx: Tx) => {
      const { entry, moves, ...done } = await perform(tx);
      // Late: the lock waits for group commits in progress and blocks later ones.
      return { result: done, entry, beforeAppend: (last: Tx) => moveEpoch(last, [moves]) };
    };
    const { result } = await retryOnDeadlock(() =>
      writer.commit(db, work, timeoutMs === undefined ? {} : { timeoutMs }),
    );
    if (result.proposed !== undefined) throw new ChangeProposedError(result.proposed);
    return result.output;
  }

  async #perform(tx: Tx, claimed: Actor, input: Input): Promise<Performed<Output>> {
    const { now, ...held } = await this.#begin(tx, claimed);
    const work = startWork({ tx, actor: held.actor, confirmedBy: null, now }, this.runtime);
    const instance = (await loadAuthorised(this.#spec, work.ctx, input)) as Instance;
    const emergency = emergencyUsed(this.#spec, held, instance as Subjects[SubjectName]);
    const by = { ...held, emergency };
    const need = await this.#secondPerson(work.ctx, input, instance);
    if (need !== null) return this.#tryFirst(work, by, { input, instance, need });
    const done = await this.run(work.ctx, input, instance);
    assertNeverAlone(this.#spec, held.actor);
    return this.#finish(work, by, done);
  }

  /** Signs the records that gateways load, and says what changed. */
  async #finish(
    { ctx, ended, records, changed }: Work,
    { actor, email, emergency }: HeldActor,
    { output, ...change }: Change<Output>,
    more: Pick<Change<unknown>, 'facts' | 'names'> = { facts: {} },
  ): Promise<Performed<Output>> {
    const facts = { ...addFacts(ended), ...change.facts, ...more.facts };
    const names = { ...change.names, ...more.names };
    const done = doneEntry(this.#identity(), actor, email, { ...change, facts, names });
    const entry = { ...done, id: newId() };
    await records.sign({ actor, entryId: entry.id, now: ctx.now });
    await recordEmergencyUse(ctx, this.#spec, { emergency, entryId: entry.id, change });
    const moves = changed.rights || (change.keepsRights !== true && this.#spec.changesRights);
    return { output, entry, moves };
  }

  async #begin(tx: Tx, claimed: Actor) {
    const { locksFirst } = this.#spec;
    if (locksFirst !== undefined) await takeAdvisoryLock(tx, locksFirst);
    assertKind(this.#spec, claimed);
    const { clock, coolingOffHours } = this.runtime;
    const now = clock.now();
    return { now, ...(await holdActor(tx, claimed, { now, coolingOffHours })) };
  }

  async #secondPerson(
    ctx: CommandContext,
    input: Input,
    instance: Instance,
  ): Promise<SecondPerson | null> {
    if (ctx.actor.kind !== 'person') return null;
    return (await this.#spec.secondPerson?.ask(ctx, input, instance as never)) ?? null;
  }

  /** Tries the change, and unless it gives nothing away undoes it, and writes down what it would have done. */
  async #tryFirst(
    work: Work,
    by: HeldActor,
    { input, instance, need }: { input: Input; instance: Instance; need: SecondPerson },
  ): Promise<Performed<Output>> {
    const { ctx } = work;
    const basis = this.#basis(input, instance);
    await ctx.tx.$executeRaw`SAVEPOINT tried`;
    const done = await this.run(ctx, input, instance);
    const pairs = await pairEffectOf(need);
    if (isHarmless(need, pairs)) return this.#finish(work, by, done);
    assertSettled(ctx.actor, this.#spec.permission, instance as Subjects[SubjectName]);
    await ctx.tx.$executeRaw`ROLLBACK TO SAVEPOINT tried`;
    const { output, ...change } = done;
    const command = this.#identity();
    const proposal = { command, input, basis, need, change, pairs };
    const proposed = await propose(ctx, this.runtime, proposal);
    const facts = { proposedChangeId: proposed.id };
    const entry = doneEntry(command, ctx.actor, by.email, { ...change, facts }, 'proposed');
    return { output, proposed, entry, moves: false };
  }

  async #performConfirmed(
    tx: Tx,
    claimed: Actor,
    { id, note }: Confirmation,
  ): Promise<Performed<Output>> {
    const { now, ...by } = await this.#begin(tx, claimed);
    const { name: command, permission } = this.#spec;
    const confirmer = by.actor;
    const held = await holdProposal(tx, this.runtime, { id, command, confirmer, now });
    const { proposer, content } = held;
    const confirmedBy = confirmer.id === proposer.id ? null : { actor: confirmer, note };
    const work = startWork({ tx, actor: proposer, confirmedBy, now }, this.runtime);
    const input = (await parseInput(this.#spec, content.input)) as Input;
    const instance = (await loadAuthorised(this.#spec, work.ctx, input).catch(
      notPermittedAnyMore,
    )) as Instance;
    assertSettled(proposer, permission, instance as Subjects[SubjectName]);
    if (this.#basis(input, instance) !== content.basis)
      throw overtaken('What this change is about was changed since it was proposed.');
    const need = await this.#spec.secondPerson?.ask(work.ctx, input, instance as never);
    assertConfirmer(confirmer, { change: held.change, need: need ?? null, now });
    await decideProposedChange(tx, id, { state: 'done', byId: confirmer.id, at: now, note });
    const facts = { proposedChangeId: id, proposedById: proposer.id };
    const names = { proposer: proposer.name };
    const done = await this.run(work.ctx, input, instance);
    if (need) assertAsShown(await pairEffectOf(need), content.effect.pairs);
    return this.#finish(work, { ...by, emergency: null }, done, { facts, names });
  }

  #basis(input: Input, instance: Instance): string {
    const basedOn = this.#spec.secondPerson?.basedOn?.(instance as never) ?? instance;
    return basisOf(subjectIdOf(this.#spec, input), basedOn);
  }

  #identity(): { name: string; subject: SubjectName } {
    return { name: this.#spec.name, subject: this.#spec.permission.subject };
  }
}
