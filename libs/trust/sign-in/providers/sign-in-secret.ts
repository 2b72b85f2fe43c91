/** What the sealed client secret of an issuer's sign-in is bound to (`SecretBox`). */
export const signInSecretContext = (issuerId: string): string => `sign-in-client:${issuerId}`;
