export { AlertsModule } from './alerts.module.js';
export { alertCommands } from './alerts.commands.js';
/** Raises an alert in a command's own transaction. */
export { raiseAlert } from '#libs/engine/alert-records';
