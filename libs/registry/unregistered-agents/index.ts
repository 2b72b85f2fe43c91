export { UnregisteredModule } from './unregistered.module.js';
export { unregisteredCommands } from './unregistered.commands.js';
export { BlockCaller } from './commands/block-caller.js';
export { UnblockCaller } from './commands/unblock-caller.js';
export { RegisterCaller } from './commands/register-caller.js';
export { UnregisteredQueries } from './unregistered.queries.js';
export {
  registerCallerSchema,
  unregisteredCallerSchema,
  type UnregisteredCallerView,
} from './unregistered.schemas.js';
/** The inbox's writing side, for the gateway. */
export { UnregisteredCallers, type UnregisteredCallersOptions } from './unregistered-callers.js';
/** What the gateway tells of such a caller. */
export type { NotedCaller } from './noted-caller.js';
