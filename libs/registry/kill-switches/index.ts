export { StopsModule } from './stops.module.js';
export { stopCommands } from './stops.commands.js';
export { PressStop } from './commands/press-stop.js';
export { LiftStop } from './commands/lift-stop.js';
export { StopQueries } from './stops.queries.js';
export { newStopSchema, stopSchema, type StopView } from './stops.schemas.js';
