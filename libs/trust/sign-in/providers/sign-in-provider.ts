import type { JwtIssuer } from '#libs/trust/token-verification';
import type { LinkRule } from '../linking/link-rule.js';

/** The name of the IdP that the environment sets, where others have their issuer's id. */
export const DEFAULT_PROVIDER = 'default';

/** An IdP at which people sign in, as the environment or a trusted issuer sets it up. */
export interface SignInProvider {
  /** {@link DEFAULT_PROVIDER}, or the id of its trusted issuer. */
  readonly key: string;
  /** What its button says. */
  readonly label: string;
  /** Exactly as its tokens name it. */
  readonly issuer: string;
  /** The trusted issuer of that URL; null when the environment's is none. */
  readonly issuerId: string | null;
  /** When that issuer's settings, by which ID tokens are verified here, were made; null as `issuerId`. */
  readonly issuerUpdatedAt: Date | null;
  readonly clientId: string;
  /** Changes with every setting that a connection to it depends on. */
  readonly version: string;
  /** Where its answers come; each has its own, so that no other's code is ever shown to it (RFC 9700 §4.4). */
  readonly redirectUri: string;
  /** How its signatures are checked; the required claims hold for ID tokens too. */
  readonly jwt: JwtIssuer;
  /** The ID token's claim that names a person as this issuer's access tokens do. */
  readonly subjectClaim: 'sub' | 'oid';
  /** How a person from SCIM is linked at first sign-in; null: not at all. */
  readonly link: LinkRule | null;
  /** Opens the client's secret; kept sealed until it is needed. */
  readonly clientSecret: () => string;
}
