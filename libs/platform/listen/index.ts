/** A node:http server with bounds on what callers can make wait or grow. */
export { createBoundedServer } from './bounded-server.js';
/** How much of bodies is kept while they are being read. */
export { BodyBudget, BodyBudgetError, sendContinue } from './body-budget.js';
