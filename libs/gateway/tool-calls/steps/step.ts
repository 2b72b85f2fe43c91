import type { CallDeps } from '../deps.js';
import type { Exchange } from '../exchange.js';

/** One step of a tool call: it has one reason to fail, and throws it. */
export type Step = (exchange: Exchange, deps: CallDeps) => Promise<void> | void;
