import type { Action, SubjectName, Subjects } from '#libs/platform/access';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import type { Change, CommandContext } from './change.js';
import type { CommandRuntime } from './command-runtime.js';
import type { CommandSpec, CommandTraits, DeclaredCommand, Run } from './command-spec.js';
import { Command } from './command.js';

/** A whole command: Nest makes one of its class, which needs nothing but the runtime. */
export interface DefinedCommandClass<Input, Output, Instance> {
  readonly spec: DeclaredCommand;
  new (runtime: CommandRuntime): DefinedCommand<Input, Output, Instance>;
}

/** The base of a command with dependencies: its class takes them in its constructor, and has `run`. */
export interface CommandBaseClass<Input, Instance> {
  readonly spec: DeclaredCommand;
  new <Output>(runtime: CommandRuntime): Command<Input, Output, Instance>;
}

declare class DefinedCommand<Input, Output, Instance> extends Command<Input, Output, Instance> {
  protected run(ctx: CommandContext, input: Input, instance: Instance): Promise<Change<Output>>;
}

/**
 * Makes the class of a command, to be named by extending it: with `run` in what it declares it is whole, without
 * it the class that extends it has `run` as a method.
 */
export function command<
  S extends SubjectName,
  In extends z.ZodType,
  Instance extends Subjects[S],
  Output,
>(
  spec: CommandSpec<S, In, Instance> & Run<z.output<In>, Instance, Output>,
): DefinedCommandClass<z.output<In>, Output, Instance>;
export function command<S extends SubjectName, In extends z.ZodType, Instance extends Subjects[S]>(
  spec: CommandSpec<S, In, Instance>,
): CommandBaseClass<z.output<In>, Instance>;
export function command(spec: CommandTraits & Partial<Run<never, never, unknown>>): unknown {
  abstract class CommandBase extends Command<never, unknown, never> {
    static readonly spec = { creates: false, actors: 'people', ...spec };
  }
  const { run } = spec;
  if (run === undefined) return CommandBase;
  return class extends CommandBase {
    protected run(ctx: CommandContext, input: never, instance: never) {
      return run(ctx, input, instance);
    }
  };
}

/** What a change of an instance that exists declares: as a command does, but how the instance is found. */
export interface ChangeSpec<
  S extends SubjectName,
  In extends z.ZodType,
  Params extends z.ZodRawShape,
  Instance extends Subjects[S],
>
  extends
    Omit<CommandTraits<S>, 'permission' | 'input' | 'params' | 'body'>,
    Pick<CommandSpec<S, z.ZodType<Whole<In, Params>>, Instance>, 'rejection' | 'secondPerson'> {
  readonly action: Action;
  /** What of the input is in a request's body; `id` comes from its path. */
  readonly input: In;
  /** What else is in the path. */
  readonly params?: Params;
}

// Without parameters of its own `Params` is any shape, which would hide what is not declared.
type Whole<In extends z.ZodType, Params extends z.ZodRawShape> = z.output<In> & {
  id: string;
} & (z.ZodRawShape extends Params ? unknown : z.output<z.ZodObject<Params>>);

interface DefineChange<S extends SubjectName, Instance extends Subjects[S]> {
  <In extends z.ZodType, Output, Params extends z.ZodRawShape = z.ZodRawShape>(
    spec: ChangeSpec<S, In, Params, Instance> & Run<Whole<In, Params>, Instance, Output>,
  ): DefinedCommandClass<Whole<In, Params>, Output, Instance>;
  <In extends z.ZodType, Params extends z.ZodRawShape = z.ZodRawShape>(
    spec: ChangeSpec<S, In, Params, Instance>,
  ): CommandBaseClass<Whole<In, Params>, Instance>;
}

/**
 * Makes commands that change one instance that exists: `lock` finds it by the input's `id`, and holds its row while
 * the change is made.
 */
export const changeOf =
  <S extends SubjectName, Instance extends Subjects[S]>(
    subject: S,
    lock: (ctx: CommandContext, id: string) => Promise<Instance | null>,
    common: Pick<CommandSpec<S, z.ZodType, Instance>, 'rejection' | 'locksFirst'> = {},
  ): DefineChange<S, Instance> =>
  (spec: ChangeSpec<S, z.ZodType, z.ZodRawShape, Instance>): never => {
    const { action, input, params: more, ...traits } = spec;
    const params = z.strictObject({ id: idSchema, ...more });
    return command({
      ...common,
      ...traits,
      permission: { action, subject },
      input: withParams(input, params.shape),
      body: input,
      params,
      load: (ctx: CommandContext, { id }: { id: string }) => lock(ctx, id),
    } as never) as never;
  };

// A body is an object, or one of several.
const withParams = (body: z.ZodType, params: z.ZodRawShape): z.ZodType => {
  if (body instanceof z.ZodObject) return body.safeExtend(params);
  if (!(body instanceof z.ZodDiscriminatedUnion))
    throw new TypeError('the body of a change is an object, or a discriminated union of them');
  const [first, ...others] = body.options.map((one) => withParams(one as z.ZodObject, params));
  return z.discriminatedUnion(body.def.discriminator, [
    first as z.ZodObject,
    ...(others as z.ZodObject[]),
  ]);
};
