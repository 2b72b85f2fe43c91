/** The signature algorithms that a DPoP proof may use: asymmetric ones that common clients have. */
export const DPOP_ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'RS256'] as const;
