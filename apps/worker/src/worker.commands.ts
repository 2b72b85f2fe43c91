import { catalogCommands } from '#libs/catalog';
import type { CommandClass } from '#libs/commands';

/** Every command that the worker holds: the ledger's writer takes entries of no other. */
export const WORKER_COMMANDS: readonly CommandClass[] = [...catalogCommands];
