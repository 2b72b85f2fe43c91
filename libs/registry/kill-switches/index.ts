export { KillSwitchesModule } from './kill-switches.module.js';
export { killSwitchCommands } from './kill-switches.commands.js';
export { ActivateKillSwitch } from './commands/activate-kill-switch.js';
export { ReleaseKillSwitch } from './commands/release-kill-switch.js';
export { KillSwitchQueries } from './kill-switches.queries.js';
export { newKillSwitchSchema, killSwitchSchema } from './kill-switches.schemas.js';
