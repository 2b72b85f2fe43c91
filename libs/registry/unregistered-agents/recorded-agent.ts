/** A good token that names no agent here, as the gateway met it. */
export interface RecordedAgent {
  issuerId: string;
  subject: string;
  /** Empty where the issuer's profile has no clients. */
  clientId: string;
  /** Where it came from: an address. */
  source: string;
  /** What it asked for; null where that could not be read. */
  method: string | null;
  server: string | null;
  tool: string | null;
}

/** The same, gathered over some time. */
export interface PendingRecord extends RecordedAgent {
  attempts: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

const MAX_SUBJECT_BYTES = 1024;
const MAX_CLIENT_BYTES = 512;
const MAX_TEXT = 128;

/**
 * Whether who it is can be kept whole, as an index and PostgreSQL demand. A name that was cut would be
 * somebody else's, so such an agent is not kept at all.
 */
export const isRecordable = ({ subject, clientId }: RecordedAgent): boolean =>
  isWhole(subject, MAX_SUBJECT_BYTES) && subject !== '' && isWhole(clientId, MAX_CLIENT_BYTES);

const isWhole = (text: string, maxBytes: number): boolean =>
  // A character is at least one byte: long ones are not even measured.
  text.length <= maxBytes &&
  Buffer.byteLength(text) <= maxBytes &&
  text.isWellFormed() &&
  !text.includes('\0');

/** What it did, cut to what an inbox shows. */
export const truncateToShow = (agent: RecordedAgent): RecordedAgent => ({
  ...agent,
  source: cut(agent.source),
  method: agent.method === null ? null : cut(agent.method),
  server: agent.server === null ? null : cut(agent.server),
  tool: agent.tool === null ? null : cut(agent.tool),
});

const cut = (text: string): string =>
  text
    .slice(0, MAX_TEXT)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ');
