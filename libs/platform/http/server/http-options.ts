import type { Protocol } from './protocol.js';

/** Where {@link HttpOptions} is injected. */
export const HTTP_OPTIONS = Symbol('HttpOptions');

/** What the HTTP plumbing needs to know of the installation. */
export interface HttpOptions {
  /** The origin that people see, without a slash at the end. */
  publicUrl: string;
  /** Host headers that are answered, lower case. */
  allowedHosts: readonly string[];
  /** Origin headers that are accepted. */
  allowedOrigins: readonly string[];
  /** Where something else than our REST API is spoken. */
  protocols: readonly Protocol[];
  /** Checked against the database's at each request but a probe's; it throws while it is wrong. */
  clock?: { assertTrue(): void };
}
