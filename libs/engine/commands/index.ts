export { Command } from './command.js';
export { changeOf, command } from './define-command.js';
export { commandRoute, commandRoutes } from './command-routes.js';
export { CommandRuntime } from './command-runtime.js';
export type { AccessEnded, AgentTraits, Change, CommandContext, OnAccessEnded } from './change.js';
export { recordRejection, REJECTED_REQUEST } from './record-rejection.js';
export { commandNames, type AnyCommand, type CommandClass } from './any-command.js';
export { executeTogether, type BatchedCommand, type BatchedResult } from './execute-together.js';
export { isStorable } from './storable.js';
