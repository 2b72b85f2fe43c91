/** A node:http server with bounds on what callers can make wait or grow. */
export { createBoundedServer } from './bounded-server.js';
/** How large a body may be, and how much of bodies is kept while they are being read. */
export { BodyBudget, BodyBudgetError, MAX_BODY_BYTES, MAX_KEPT_BODY_BYTES } from './body-budget.js';
/** Asks a caller that waits to be asked for its body. */
export { sendContinue } from './expect-continue.js';
