/** The token endpoint's address. */
export const tokenEndpoint = (publicUrl: string): string => `${publicUrl}/oauth/token`;

/** Where our public keys lie. */
export const keysAddress = (publicUrl: string): string => `${publicUrl}/oauth/jwks`;
