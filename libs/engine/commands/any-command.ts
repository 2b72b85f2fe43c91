import type { Tx } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import type { Attempt } from './attempt.js';
import type { DeclaredCommand } from './command-spec.js';
import type { Confirmation } from './second-person/second-person.js';
import { REJECTED_REQUEST } from './record-rejection.js';

/** Any command, as lists of commands hold it. */
export interface AnyCommand {
  readonly spec: DeclaredCommand;
  execute(actor: Actor, rawInput: unknown): Promise<unknown>;
  confirm(actor: Actor, confirmation: Confirmation): Promise<unknown>;
  executeIn(tx: Tx, actor: Actor, rawInput: unknown): Promise<Attempt<unknown>>;
}

/** A command's class: features export theirs as a list, composition roots join the lists. */
export interface CommandClass {
  readonly spec: DeclaredCommand;
  new (...dependencies: never[]): AnyCommand;
}

/** The types of the entries that these commands' process writes: its writer takes no other. */
export const commandNames = (classes: readonly CommandClass[]): ReadonlySet<string> =>
  new Set([...classes.map((command) => command.spec.name), REJECTED_REQUEST]);
