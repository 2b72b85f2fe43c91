import type { Permission, SubjectName, Subjects } from '#libs/platform/access';
import type { AdvisoryLock, EpochSection } from '#libs/platform/db';
import type { Actor, DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { EmergencyRule } from './emergency/emergency-rule.js';
import type { SecondPerson } from './second-person/second-person.js';
import type { Change, CommandContext } from './change.js';

/** What a command declares of itself, whatever it works on. */
export interface CommandTraits<S extends SubjectName = SubjectName> {
  /** In kebab-case; also the type of its ledger entry. */
  readonly name: string;
  /** What the actor must be permitted to do to the instance. */
  readonly permission: Permission & { subject: S };
  /**
   * Whether it takes or gives rights: then it moves the epoch, and every replica evaluates again. Naming the
   * one part of the snapshot that changes saves the replicas from reading the other again.
   */
  readonly changesRights: boolean | EpochSection;
  /** Whether the instance comes into being: then there is nothing to hide, and a rejection says so. Default: no. */
  readonly creates?: boolean;
  /** Who may be the actor, besides the system itself; `system`: nobody else. Default: people. */
  readonly actors?: 'people' | 'scim' | 'system';
  /**
   * An advisory lock that is taken before any row: for work that must follow one another, and for what
   * changes a row that lets its actor act, which two at once could not both hold and then change.
   */
  readonly locksFirst?: AdvisoryLock;
  /** How long its transaction may take, where one of its largest inputs takes longer than usual (5,000 ms). */
  readonly timeoutMs?: number;
  /** What becomes of it when somebody did it by emergency access alone. Default: they cannot do it. */
  readonly emergency?: EmergencyRule;
  /** The whole input, strict: what it does not declare is rejected. */
  readonly input: z.ZodType;
  /** The parts of the input that a request has in its path, and those in its body, when there are both. */
  readonly params?: z.ZodType;
  readonly body?: z.ZodType;
}

/** What a command declared, with the defaults of what it left out. */
export type DeclaredCommand<S extends SubjectName = SubjectName> = CommandTraits<S> &
  Required<Pick<CommandTraits<S>, 'creates' | 'actors'>>;

/** A use case that changes state: what it declares, what it loads, and what it does. */
export interface CommandSpec<
  S extends SubjectName,
  In extends z.ZodType,
  Instance extends Subjects[S],
> extends CommandTraits<S> {
  readonly input: In;
  /** The id of what the input is about, for the entry of a rejection. Default: the input's `id`. */
  subjectId?(input: z.output<In>): string | null;
  /** Loads, and where it matters locks, what the command acts on; null when it is not found. */
  load(ctx: CommandContext, input: z.output<In>): Instance | null | Promise<Instance | null>;
  /** When a person's change needs a second person. What the system or a provisioning client does needs none. */
  readonly secondPerson?: SecondPersonRule<z.output<In>, Instance>;
  /** Why an actor who may see the instance may not do this, where the permission alone does not say it. */
  rejection?(actor: Actor, instance: Instance): DomainError | undefined;
}

/** When a change needs a second person. */
export interface SecondPersonRule<In, Instance> {
  /** In words, for docs/security.md: the end of "needs a second person when …". */
  readonly when: string;
  /** Nothing that a person does by it is done at once: `ask` never answers null for what can be done. */
  readonly always?: true;
  /** What of the instance must be as it was when the change was proposed. Default: all of it. */
  basedOn?(instance: Instance): object;
  /** Who must agree to this very change, by what it would widen; null: it is done at once. */
  ask(
    ctx: CommandContext,
    input: In,
    instance: Instance,
  ): SecondPerson | null | Promise<SecondPerson | null>;
}

/** Does the work and says what changed. */
export interface Run<In, Instance, Output> {
  run(ctx: CommandContext, input: In, instance: Instance): Promise<Change<Output>>;
}

/** Any command's specification, as the base class holds it. */
export type AnySpec = Omit<CommandSpec<SubjectName, z.ZodType, never>, 'load'> &
  DeclaredCommand & {
    load(
      ctx: CommandContext,
      input: unknown,
    ): Subjects[SubjectName] | null | Promise<Subjects[SubjectName] | null>;
  };
