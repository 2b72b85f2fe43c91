import { Injectable } from '@nestjs/common';
import { MachineAuthenticator } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { RejectionCounter } from '#libs/engine/ledger';
import type { Request } from 'express';
import { invalidClient } from '../grants/client-assertion.js';
import type { TokenRequest } from '../grants/token-request.js';
import { OAuthError } from '../errors.js';
import { TokenEndpoint } from './token-endpoint.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace -- how Express declares its Request
  namespace Express {
    interface Request {
      /** Set by the token endpoint's authenticator: who asks is known by then. */
      tokenRequest?: TokenRequest;
    }
  }
}

/** Admits agents to the token endpoint. A client that is not identified is counted, not listed. */
@Injectable()
export class TokenEndpointAuthenticator extends MachineAuthenticator {
  override readonly asksTheBody = true;

  constructor(
    private readonly endpoint: TokenEndpoint,
    private readonly rejections: RejectionCounter,
  ) {
    super();
  }

  async admit(request: Request): Promise<void> {
    try {
      // No secret of any kind is taken here: only keys and signed tokens.
      const { authorization } = request.headers;
      if (authorization !== undefined)
        throw invalidClient({ challenge: challengeFor(authorization) });
      request.tokenRequest = await this.endpoint.identify(request.body, dpopOf(request));
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'unavailable')
        this.rejections.count(`token_endpoint:${codeOf(error)}`, request.ip ?? 'unknown');
      throw error;
    }
  }
}

// RFC 6749 §5.2: a client that sent credentials this way is answered by a challenge of the same scheme.
const challengeFor = (authorization: string): string => {
  const [scheme = 'Basic'] = /^[a-z][a-z0-9-]{0,30}(?= |$)/i.exec(authorization) ?? [];
  return `${scheme} realm="token endpoint"`;
};

const codeOf = (error: DomainError): string =>
  error instanceof OAuthError ? error.oauthCode : error.code;

// RFC 9449 §4.3: not more than one; several come joined by commas, which no JWT holds.
const dpopOf = ({ headers }: Request): string | null => {
  const { dpop } = headers;
  if (dpop === undefined) return null;
  if (typeof dpop === 'string' && !dpop.includes(',')) return dpop;
  throw new OAuthError('invalid_dpop_proof', 'Send one DPoP header field.');
};
