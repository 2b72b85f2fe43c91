import {
  Body,
  Delete,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  type Abstract,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiResponse } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import { z } from 'zod';
import type { AnyCommand, CommandClass } from './any-command.js';
import { CommandRuntime } from './command-runtime.js';
import type { DeclaredCommand } from './command-spec.js';
import { executeThen } from './execute-then.js';
import { changeProposedSchema } from './second-person/second-person.js';

/** A command that a route runs. */
type Routed<Output> = Abstract<{ execute(actor: PersonActor, input: unknown): Promise<Output> }> & {
  readonly spec: DeclaredCommand;
};

/** A route that runs one command, and answers with what it changed. */
export interface CommandRoute {
  method: keyof typeof METHODS;
  path: string;
  command: Routed<{ id: string }>;
  status: number;
  /** What is run with it, in the same transaction. */
  next?: NextCommand;
}

/** A command that the same actor runs next, with an input that the first one's answer makes. */
export interface NextCommand {
  command: CommandClass;
  input(output: never): unknown;
}

/** What a controller's routes answer: the resource, read anew after the command. */
export interface Resource<Queries> {
  queries: Type<Queries>;
  answer: z.ZodType;
  read(queries: Queries, id: string, actor: PersonActor): Promise<unknown>;
}

/** A controller whose routes run commands. */
export abstract class CommandController<Queries> {
  constructor(
    protected readonly queries: Queries,
    private readonly modules: ModuleRef,
  ) {}

  /** The method of a route: runs its command, and reads the resource anew. */
  static handler<Q>(
    resource: Resource<Q>,
    { command, next }: Pick<CommandRoute, 'command' | 'next'>,
  ) {
    return async function handle(
      this: CommandController<Q>,
      actor: PersonActor,
      body: object | undefined,
      params: { id?: string } | undefined,
    ): Promise<unknown> {
      const input = { ...body, ...params };
      const { id } = await (next === undefined
        ? this.execute(command, actor, input)
        : this.executeThen(command, actor, input, next));
      return resource.read(this.queries, params?.id ?? id, actor);
    };
  }

  /** Runs a command; for a route that is more than a {@link CommandRoute}. */
  protected execute<Output>(
    command: Routed<Output>,
    actor: PersonActor,
    input: unknown,
  ): Promise<Output> {
    return this.modules.get(command, { strict: false }).execute(actor, input);
  }

  /** Runs a command and what follows it, in one transaction. */
  protected executeThen<Output>(
    command: Routed<Output>,
    actor: PersonActor,
    input: unknown,
    next: NextCommand,
  ): Promise<Output> {
    const second = this.modules.get<AnyCommand>(next.command, { strict: false });
    const first = this.modules.get<AnyCommand>(command, { strict: false });
    const runtime = this.modules.get(CommandRuntime, { strict: false });
    return executeThen(runtime, actor, { command: first as never, input }, (output: Output) => ({
      command: second,
      input: next.input(output as never),
    }));
  }
}

type ControllerBase<Queries> = abstract new (
  queries: Queries,
  modules: ModuleRef,
) => CommandController<Queries>;

/** One route: its permission, its schemas and, unless given, its status are the command's. */
export const commandRoute = (
  method: CommandRoute['method'],
  path: string,
  command: CommandRoute['command'],
  status = command.spec.creates ? 201 : 200,
): CommandRoute => ({ method, path, command, status });

/** The same, with a command that is run next. */
export const commandRouteThen = (
  method: CommandRoute['method'],
  path: string,
  command: CommandRoute['command'],
  next: NextCommand,
): CommandRoute => ({ ...commandRoute(method, path, command), next });

/** The base of a controller, with these routes under these names; its other routes are methods of its own. */
export const commandRoutes = <Queries>(
  resource: Resource<Queries>,
  routes: Readonly<Record<string, CommandRoute>>,
): ControllerBase<Queries> => {
  abstract class Routes extends CommandController<Queries> {
    constructor(@Inject(resource.queries) queries: Queries, @Inject(ModuleRef) modules: ModuleRef) {
      super(queries, modules);
    }
  }
  for (const [name, route] of Object.entries(routes))
    addRoute(Routes, name, { ...route, resource });
  return Routes;
};

/** Says that a route may answer that the change waits for a second person. */
export const ApiProposed = () =>
  ApiResponse({
    status: 202,
    description: 'Nothing was changed yet: a second person must confirm it.',
    standardSchema: changeProposedSchema,
  });

const METHODS = { POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };

const addRoute = <Queries>(
  controller: ControllerBase<Queries>,
  name: string,
  { method, path, command, status, next, resource }: CommandRoute & { resource: Resource<Queries> },
): void => {
  const prototype = controller.prototype as object;
  const { params, permission, body = command.spec.input } = command.spec;
  const hasBody = !(body instanceof z.ZodObject && Object.keys(body.shape).length === 0);
  const handler = CommandController.handler(resource, { command, ...(next && { next }) });
  // OpenAPI finds what is written of a method by the function's own name.
  Object.defineProperty(handler, 'name', { value: name });
  Object.defineProperty(prototype, name, { value: handler, writable: true, configurable: true });
  CurrentActor()(prototype, name, 0);
  if (hasBody) Body({ schema: body })(prototype, name, 1);
  if (params !== undefined || path.includes(':'))
    Param({ schema: params ?? idParamsSchema })(prototype, name, 2);
  // What TypeScript would write of the three parameters; without it the OpenAPI document leaves them out.
  Reflect.defineMetadata('design:paramtypes', [Object, Object, Object], prototype, name);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const decorators = [
    METHODS[method](path),
    RequirePermission(permission.action, permission.subject),
    ApiAnswer(status, resource.answer),
    ...('secondPerson' in command.spec ? [ApiProposed()] : []),
  ];
  for (const decorate of decorators) decorate(prototype, name, descriptor as PropertyDescriptor);
};
