import { Injectable } from '@nestjs/common';
import { may, type Permission, type SubjectName, type Subjects } from '#libs/access';
import { bumpEpoch, type Tx } from '#libs/db';
import { DomainError, type Actor } from '#libs/kernel';
import { writeToOutbox } from '#libs/queue';
import { withSpan } from '#libs/telemetry';
import type { z } from 'zod';
import type { Change, CommandContext } from './change.js';
import { doneEntry } from './command-entry.js';
import { invalidInput, toDomainError } from './command-errors.js';
import { assertStorable } from './storable.js';
import { observeCommand } from './command-metrics.js';
import { CommandRuntime } from './command-runtime.js';
import { recordRefusal } from './record-refusal.js';

/** What a command declares of itself. */
export interface CommandTraits<S extends SubjectName> {
  /** In kebab-case; also the type of its ledger entry. */
  readonly name: string;
  /** What the actor must be permitted to do to the instance. */
  readonly permission: Permission & { subject: S };
  /** Whether it takes or gives rights: then it moves the epoch, and every replica judges again. */
  readonly changesRights: boolean;
  /** Whether the instance comes into being: then there is nothing to hide, and a refusal says so. */
  readonly creates: boolean;
  /** Who may be the actor at all; `system` alone for what only the installation does. */
  readonly actors: 'people' | 'system';
}

/**
 * One use case that changes state. A subclass says what it is and does the work; this class parses,
 * authorises on the loaded instance, runs it all in one transaction with the ledger entry as its last
 * statement, records refusals and failures, traces and counts. `execute` cannot be replaced.
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

  /** The id of the thing that the input is about, for the entry of a refusal. */
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
  protected refusal(_actor: Actor, _instance: Instance): DomainError {
    return forbidden();
  }

  async #attempt(actor: Actor, rawInput: unknown): Promise<Output> {
    let subjectId: string | null = null;
    try {
      const parsed = await this.input.safeParseAsync(rawInput);
      if (!parsed.success) throw invalidInput(parsed.error);
      assertStorable(parsed.data);
      subjectId = this.subjectId(parsed.data);
      return await this.#commit(actor, parsed.data);
    } catch (error) {
      const refusal = toDomainError(error);
      await recordRefusal(this.runtime, { ...this.#identity(), subjectId, actor, error: refusal });
      throw refusal;
    }
  }

  async #commit(actor: Actor, input: Input): Promise<Output> {
    const { db, writer, clock } = this.runtime;
    const committed = await writer.commit(db, async (tx) => {
      const ctx = contextOf(tx, actor, clock.now());
      const email = await emailOfActive(tx, actor);
      const instance = await this.#authorised(ctx, input);
      const { output, ...change } = await this.run(ctx, input, instance);
      // Late: the lock waits for group commits under way and holds up those that come.
      if (this.traits.changesRights) await bumpEpoch(tx);
      return { result: output, entry: doneEntry(this.#identity(), actor, email, change) };
    });
    return committed.result;
  }

  async #authorised(ctx: CommandContext, input: Input): Promise<Instance> {
    const { permission, creates, actors } = this.traits;
    const { actor } = ctx;
    if (actors === 'system' && actor.kind !== 'system') throw forbidden();
    const instance = await this.load(ctx, input);
    if (instance === null) throw notFound();
    if (may(actor, permission.action, permission.subject, instance)) return instance;
    // What one may not even read does not exist, as far as one can tell.
    if (creates || may(actor, 'read', permission.subject, instance)) {
      throw this.refusal(actor, instance);
    }
    throw notFound();
  }

  #identity(): { name: string; subject: SubjectName } {
    return { name: this.traits.name, subject: this.traits.permission.subject };
  }
}

const contextOf = (tx: Tx, actor: Actor, now: Date): CommandContext => ({
  tx,
  actor,
  now,
  enqueue: (name, payload) => writeToOutbox(tx, name, payload, now),
});

const forbidden = (): DomainError =>
  new DomainError('forbidden', 'You may not do this. Ask somebody whose role allows it.');

const notFound = (): DomainError =>
  new DomainError('not_found', 'There is no such thing, or you may not see it.');

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
