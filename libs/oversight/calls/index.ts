/** Calls as the console's API answers them. */
export {
  callDecisionSchema,
  callDetailSchema,
  callOutcomeSchema,
  callPageSchema,
  callSchema,
  listCallsQuerySchema,
} from './calls.schemas.js';
/** A call's rows in the ledger, and what lists show of them. */
export { parseCallRows } from './calls.sql.js';
export { agentsOfReadableCalls, callScope, type CallScope } from './calls.scope.js';
export { toCallView } from './calls.view.js';
export { callNames } from './calls.names.js';
/** Calls for the console. */
export { CallsModule } from './calls.module.js';
export { CallQueries } from './calls.queries.js';
