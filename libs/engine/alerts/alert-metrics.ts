import { counter } from '#libs/platform/telemetry';

const raised = counter('alerts_raised', 'Alerts by kind.', ['kind']);

/** Counts an alert, so that an operator's own alerting hears of it. */
export const countAlert = (kind: string): void => raised.inc({ kind });
