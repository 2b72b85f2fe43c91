import type { Config } from '#libs/platform/config';
import type { VerificationKeys } from '#libs/engine/record-signatures';
import type { Database } from '#libs/platform/db';
import type { DpopProofs, TokenVerifier } from '#libs/trust/token-verification';
import type { IssueToken } from '../commands/issue-token.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { TrustReader } from '../trust/trust-reader.js';
import type { UsedTokenIds } from '../trust/used-token-ids.js';

/** What the steps of a token request work with. */
export interface TokenDeps {
  readonly db: Database;
  readonly config: Pick<Config, 'publicUrl' | 'gateway'>;
  /** The keys of those who sign records. */
  readonly signedBy: VerificationKeys;
  readonly trust: TrustReader;
  readonly verifier: TokenVerifier;
  readonly proofs: DpopProofs;
  readonly usedTokenIds: UsedTokenIds;
  readonly signingKeys: SigningKeys;
  readonly issueToken: IssueToken;
}
