/** What is signed, and of what. */
export { textDigest, type SignedKind, type SignedRows } from './signed-content.js';
/** The keys of signatures. */
export { RecordSigner, VerificationKeys } from './record-keys.js';
/** How commands sign what they change. */
export { RecordChanges } from './record-changes.js';
/** How gateways verify all that they load, and others a few records. */
export { SignatureBook, type RecordBook } from './signature-book.js';
export { verifiedRecords } from './verified-records.js';
/** How operators look for records that do not verify, and accept them. */
export { findUnverifiedRecords, signRecords, type UnverifiedRecord } from './sign-records.js';
