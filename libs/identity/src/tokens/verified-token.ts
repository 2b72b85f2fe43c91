/** Who a token speaks for, once everything about it has been checked. */
export interface VerifiedToken {
  readonly issuerId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  readonly tokenId: string | null;
  readonly expiresAt: Date;
}
