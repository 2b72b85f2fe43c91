import { PassportStrategy } from '@nestjs/passport';
import { randomNonce, randomState, type Configuration } from 'openid-client';
import { Strategy, type AuthenticateOptions } from 'openid-client/passport';
import type { Request } from 'express';

/** What the IdP says who came: compared exactly, as (issuer, subject). */
export interface SignInClaims {
  issuer: string;
  subject: string;
}

/** Passport's name of the strategy. */
export const OIDC = 'oidc';

interface Tokens {
  claims(): { iss: string; sub: string } | undefined;
}

/** openid-client's strategy: the code flow with PKCE (S256), and state and nonce besides. */
export class OidcStrategy extends PassportStrategy(Strategy, OIDC) {
  constructor(config: Configuration, callbackUrl: string) {
    super({
      config,
      callbackURL: callbackUrl,
      scope: 'openid profile email',
      sessionKey: 'signIn',
    });
  }

  // By itself the strategy sends a state only to an IdP without PKCE.
  override authorizationRequestParams(request: Request, options: AuthenticateOptions) {
    const params = new URLSearchParams(super.authorizationRequestParams(request, options));
    params.set('state', randomState());
    params.set('nonce', randomNonce());
    return params;
  }

  // Which of the two it is says the route, not the query that somebody sent along.
  override shouldInitiateAuthRequest(request: Request): boolean {
    return request.path === '/api/sign-in';
  }

  validate(tokens: Tokens): SignInClaims | null {
    const claims = tokens.claims();
    return claims === undefined ? null : { issuer: claims.iss, subject: claims.sub };
  }
}
