import type { SubjectName } from '#libs/platform/access';
import type { Tx } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import type { Attempt } from './attempt.js';
import type { CommandTraits } from './command.js';
import { REJECTED_REQUEST } from './record-rejection.js';
import type { z } from 'zod';

/** Any command, as lists of commands hold it. */
export interface AnyCommand {
  readonly traits: CommandTraits<SubjectName>;
  readonly input: z.ZodType;
  execute(actor: Actor, rawInput: unknown): Promise<unknown>;
  within(tx: Tx, actor: Actor, rawInput: unknown): Promise<Attempt<unknown>>;
}

/** A command's class: features export theirs as a list, composition roots join the lists. */
export interface CommandClass {
  readonly traits: CommandTraits<SubjectName>;
  new (...dependencies: never[]): AnyCommand;
}

/** The types of the entries that these commands' process writes: its writer takes no other. */
export const commandNames = (classes: readonly CommandClass[]): ReadonlySet<string> =>
  new Set([...classes.map((command) => command.traits.name), REJECTED_REQUEST]);
