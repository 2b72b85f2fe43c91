/** Writes tool calls in group commits. */
export { CallWriter, type CallWriterLimits } from './call-writer.js';
/** What came of an intent. */
export type { IntentResult } from './drain-batch.js';
/** Commits commands, each with its entry. */
export { CommandWriter, type CommandWork } from './command-writer.js';
/** Counts rejections of callers without a name. */
export { RejectionCounter, type RejectionCounterOptions } from './rejection-counter.js';
/** Closes the chains of processes that died. */
export { CrashedChains, type ClosedChains } from './crashed-chains.js';
/** Who writes and where. */
export type { LedgerLink } from './chain.js';
/** What may be written. */
export {
  CALL_METHODS,
  CALL_PROOFS,
  type CallIntentData,
  type CallMethod,
  type CallProof,
  type CallOutcome,
  type CallOutcomeData,
  type CallInvalidData,
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
/** An entry as it lies in the ledger. */
export type { EntryContext, EntryPosition, LedgerEntry, Reference } from './entry.js';
/** Reading the ledger. */
export { readEntry, toLedgerEntry, type EntryDetail } from './ledger.queries.js';
/** Proving that nobody changed it. */
export { verifyLedger, type VerifyOptions } from './verify/verify-ledger.js';
/** What a verification answers. */
export {
  type LedgerProblem,
  type LedgerProblemKind,
  type VerificationReport,
} from './verify/report.js';
/** Whether a stored payload is still the one that its entry was written with. */
export { payloadHolds } from './canonical.js';
