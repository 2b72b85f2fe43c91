export { AlertsModule } from './alerts.module.js';
export { alertCommands } from './alerts.commands.js';
/** Raises an alert in a command's own transaction. */
export { raiseAlert, type AlertKind, type NewAlert } from './raise-alert.js';
