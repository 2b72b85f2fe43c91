/** The console's first page. */
export { OverviewModule } from './overview.module.js';
/** What it answers. */
export { overviewSchema } from './overview.schemas.js';
