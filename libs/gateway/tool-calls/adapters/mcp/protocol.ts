/** The stateless revision. */
export const STATELESS_VERSION = '2026-07-28';

/**
 * The revisions with an initialize handshake, newest first. Of 2025-03-26, batches are not taken: later
 * revisions forbid them, and no known client of it sends any.
 */
export const HANDSHAKE_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** Everything we speak, newest first. */
export const SUPPORTED_VERSIONS: readonly string[] = [STATELESS_VERSION, ...HANDSHAKE_VERSIONS];

/** Which of the two ways of speaking a message belongs to. */
export type Era = 'stateless' | 'handshake';

/** Keys of `_meta` that the protocol owns. */
export const META = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
} as const;

/** The key of `_meta` under which a result carries our decision. */
export const DECISION_META = 'io.gatehouse/decision';

/** The key of `_meta` under which a result says why a call was not evaluated. */
export const REJECTION_META = 'io.gatehouse/rejection';
