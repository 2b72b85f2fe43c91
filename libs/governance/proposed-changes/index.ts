/** Changes that wait for a second person: read, confirmed, rejected, withdrawn. */
export { ProposedChangesModule } from './proposed-changes.module.js';
export { proposedChangeCommands } from './proposed-changes.commands.js';
/** The commands that may be confirmed: the process provides them. */
export { COMMAND_CLASSES } from './confirm-change.js';
