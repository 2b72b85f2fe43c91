import type { CommandClass } from '#libs/engine/commands';
import { AcknowledgeAlarm } from './commands/acknowledge-alarm.js';

/** Every change of alarms. */
export const alarmCommands = [AcknowledgeAlarm] as const satisfies readonly CommandClass[];
