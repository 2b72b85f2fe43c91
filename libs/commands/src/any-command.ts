import type { SubjectName } from '#libs/access';
import type { Actor } from '#libs/kernel';
import type { CommandTraits } from './command.js';
import type { z } from 'zod';

/** Any command, as lists of commands hold it. */
export interface AnyCommand {
  readonly traits: CommandTraits<SubjectName>;
  readonly input: z.ZodType;
  execute(actor: Actor, rawInput: unknown): Promise<unknown>;
}

/** A command's class: features export theirs as a list, composition roots join the lists. */
export interface CommandClass {
  readonly traits: CommandTraits<SubjectName>;
  new (...dependencies: never[]): AnyCommand;
}

/** The names of these commands: the ledger's writer takes entries of no other. */
export const commandNames = (classes: readonly CommandClass[]): ReadonlySet<string> =>
  new Set(classes.map((command) => command.traits.name));
