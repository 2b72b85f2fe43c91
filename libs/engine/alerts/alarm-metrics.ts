import { counter } from '#libs/platform/telemetry';

const raised = counter('alarms_raised', 'Alarms by kind.', ['kind']);

/** Counts an alarm, so that an operator's own alerting hears of it. */
export const countAlarm = (kind: string): void => raised.inc({ kind });
