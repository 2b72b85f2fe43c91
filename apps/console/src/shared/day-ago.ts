import { DAY_MS, MINUTE_MS } from './durations.js';

/** Twenty-four hours ago, to the minute so that links stay the same between renders. */
export const dayAgo = (now: number): string =>
  new Date(Math.floor((now - DAY_MS) / MINUTE_MS) * MINUTE_MS).toISOString();
