export { AlarmsModule } from './alarms.module.js';
export { alarmCommands } from './alarms.commands.js';
/** Raises an alarm in a command's own transaction. */
export { raiseAlarm, type AlarmKind, type NewAlarm } from './raise-alarm.js';
