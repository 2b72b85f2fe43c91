/** The revision of the modern, stateless era. */
export const MODERN_VERSION = '2026-07-28';

/**
 * The revisions of the legacy era (with initialize), newest first. Of 2025-03-26, batches are not taken: later
 * revisions forbid them, and no known client of it sends any.
 */
export const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** Everything we speak, newest first. */
export const SUPPORTED_VERSIONS: readonly string[] = [MODERN_VERSION, ...LEGACY_VERSIONS];

/** Which of the two ways of speaking a message belongs to. */
export type Era = 'modern' | 'legacy';

/** Keys of `_meta` that the protocol owns. */
export const META = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
} as const;

/** The key of `_meta` under which a result carries our decision. */
export const DECISION_META = 'io.gatehouse/decision';

/** The key of `_meta` under which a result has the error code of a call that was not evaluated. */
export const ERROR_META = 'io.gatehouse/error';
