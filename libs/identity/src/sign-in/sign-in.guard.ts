import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { CONFIG, type Config } from '#libs/config';
import { HTTP_LOGGER } from '#libs/http';
import type { Logger } from '#libs/telemetry';
import type { Request } from 'express';
import { expireSoon } from './console-session.js';
import { IdentityProvider } from './identity-provider.js';
import { OIDC, type SignInClaims } from './oidc.strategy.js';
import { safeReturnTo } from './return-to.js';

/** How the way to the IdP and back went; the controller answers accordingly. */
export type SignInAttempt = { claims: SignInClaims } | { error: 'idp_unavailable' | 'failed' };

/**
 * Runs Passport's strategy: on the way out it answers with the redirect to the IdP itself; on the way
 * back, or when there is no way, it leaves a {@link SignInAttempt} on the request and lets it pass.
 */
@Injectable()
export class SignInGuard extends AuthGuard(OIDC) {
  constructor(
    private readonly idp: IdentityProvider,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(HTTP_LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    try {
      await this.idp.ready();
    } catch (error) {
      this.logger.warn({ err: error }, 'the IdP cannot be reached: nobody can sign in just now');
      request.user = { error: 'idp_unavailable' } satisfies SignInAttempt;
      return true;
    }
    if (request.path === '/api/sign-in') {
      expireSoon(request.session);
      request.session.returnTo = safeReturnTo(request.query['returnTo'], this.config.publicUrl);
    }
    await super.canActivate(context);
    return true;
  }

  // Why it failed is for the log; the person can only try again.
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- Passport's signature
  override handleRequest<T>(error: unknown, claims: SignInClaims | false): T {
    if (error === null && claims !== false) return { claims } as T;
    const code = error instanceof Error && 'code' in error ? error.code : 'refused';
    this.logger.warn({ code }, 'a sign-in failed');
    return { error: 'failed' } as T;
  }
}
