import type { TokenProfile } from '#libs/trust/token-verification';

/** What is checked of an issuer's tokens. */
export interface IssuerSettings {
  url: string;
  audiences: readonly string[];
  algorithms: readonly string[];
  profile: TokenProfile;
  clockToleranceSeconds: number;
  maxTokenAgeSeconds: number;
  keysUrl: string | null;
  requiredClaims: Readonly<Record<string, string>>;
}
