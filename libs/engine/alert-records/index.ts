/** Alerts as they are written: below the commands, which raise one where a change waits alone. */
export { ALERT_KINDS, countAlertsBy, raiseAlert } from './raise-alert.js';
export { markAcknowledged } from './acknowledge-alert.js';
