/** Writes tool calls in group commits. */
export { CallWriter } from './call-writer.js';
/** Commits commands, each with its entry. */
export { CommandWriter } from './command-writer.js';
/** Counts rejections of callers without a name. */
export { RejectionCounter } from './rejection-counter.js';
/** Closes the chains of processes that died. */
export { CrashedChains } from './crashed-chains.js';
/** Who writes and where. */
export type { LedgerLink } from './chain.js';
/** What may be written. */
export {
  CALL_METHODS,
  IDENTIFICATION_METHODS,
  type CallMethod,
  type IdentificationMethod,
  type CallOutcome,
  type CommandEntryData,
  type Writer,
} from './catalogue.js';
/** What callers give to be written. */
export type {
  CallIntentInput,
  CallOutcomeInput,
  CallInvalidInput,
  CommandEntryInput,
} from './entry-inputs.js';
/** An entry as it is in the ledger. */
export type { EntryPosition, LedgerEntry } from './entry.js';
/** Reading the ledger. */
export { readEntry, toLedgerEntry, type EntryDetail } from './ledger.queries.js';
/** Proving that nobody changed it. */
export { verifyLedger } from './verify/verify-ledger.js';
/** What a verification answers. */
export type { LedgerProblem, VerificationReport } from './verify/report.js';
/** Whether a stored payload is still the one that its entry was written with. */
export { payloadHolds } from './canonical.js';
