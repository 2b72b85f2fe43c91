import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { CONFIG, type Config } from '#libs/platform/config';
import { CommandRuntime } from '#libs/engine/commands';
import { HTTP_LOGGER } from '#libs/platform/http';
import type { Logger } from '#libs/platform/telemetry';
import { TokenError } from '#libs/trust/token-verification';
import type { Request } from 'express';
import { Strategy, type StrategyCreatedStatic } from 'passport';
import { beginSignIn, finishSignIn, type SignInClaims } from './oidc-flow.js';
import { IdpConnections } from './providers/idp-connections.js';
import { DEFAULT_PROVIDER, type SignInProvider } from './providers/sign-in-provider.js';
import { SignInProviders } from './providers/sign-in-providers.js';
import { signInQuerySchema } from './sign-in.schemas.js';
import { SignInStates } from './sign-in-state.js';

const MAX_RETURN_TO_LENGTH = 500;

/**
 * Where to go after sign-in: only a path of our own origin, or else the front page. Whatever a browser
 * could read as another host (`//`, `/\`, a scheme, control characters) is not a path.
 */
export const safeReturnTo = (value: unknown, publicUrl: string): string => {
  if (
    typeof value !== 'string' ||
    value.length > MAX_RETURN_TO_LENGTH ||
    !/^\/(?![/\\])/.test(value)
  )
    return '/';
  const url = URL.parse(value, publicUrl);
  if (url === null || url.origin !== new URL(publicUrl).origin) return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/api/') ? path : '/';
};

/** Passport's name of the strategy. */
export const OIDC = 'oidc';

/** Why nobody was signed in; the console shows a sentence for each. */
export type SignInError = 'unknown_person' | 'unknown_provider' | 'idp_unavailable' | 'failed';

/** How the way to an IdP and back went; nobody is signed in yet. */
export type SignInAttempt =
  { provider: SignInProvider; claims: SignInClaims; returnTo: string } | { error: SignInError };

/**
 * Passport's strategy over openid-client. openid-client's own keeps state, nonce and verifier in a session
 * and knows one IdP; ours keeps them sealed in the browser and asks for the IdP on every way (ADR 0013).
 */
@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy, OIDC) {
  constructor(
    private readonly providers: SignInProviders,
    private readonly connections: IdpConnections,
    private readonly states: SignInStates,
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(HTTP_LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /** Redirects to the IdP, or succeeds with a {@link SignInAttempt}: a rejection is one too. */
  override authenticate(this: this & StrategyCreatedStatic, request: Request): void {
    // Which of the two it is says the route, not the query that somebody sent along.
    const isBack = request.path.startsWith('/api/sign-in/callback');
    const attempt = isBack ? this.finish(request) : this.begin(request);
    attempt.then(
      (outcome) => {
        if (outcome === null) return this.pass();
        if (outcome instanceof URL) return this.redirect(outcome.href);
        return this.success(this.validate(outcome));
      },
      (error: unknown) => this.error(error),
    );
  }

  validate(attempt: SignInAttempt): SignInAttempt {
    return attempt;
  }

  // Null: what was asked makes no sense, which the route's schema says better.
  private async begin(request: Request): Promise<URL | SignInAttempt | null> {
    const asked = signInQuerySchema.safeParse(request.query);
    if (!asked.success || request.res === undefined) return null;
    const provider = await this.providers.find(asked.data.provider);
    if (provider === undefined) return { error: 'unknown_provider' };
    const config = await this.ready(provider);
    if (config === undefined) return { error: 'idp_unavailable' };
    const { url, kept } = await beginSignIn(provider, config);
    const returnTo = safeReturnTo(asked.data.returnTo, this.config.publicUrl);
    this.states.keep(request.res, { provider: provider.key, returnTo, ...kept });
    return url;
  }

  private async finish(request: Request): Promise<SignInAttempt | null> {
    if (request.res === undefined) return null;
    const { provider: key = DEFAULT_PROVIDER } = request.params;
    const kept = this.states.take(request, request.res);
    // Any page can send a browser here: only who came back from the IdP they set out for is believed.
    if (kept === undefined || kept.provider !== key) return this.failed('no_state');
    const provider = await this.providers.find(kept.provider);
    if (provider === undefined) return { error: 'unknown_provider' };
    const config = await this.ready(provider);
    if (config === undefined) return { error: 'idp_unavailable' };
    const query = queryOf(request);
    if (!(await this.states.useUp(kept, new URLSearchParams(query).get('state'))))
      return this.failed('state');
    try {
      const now = this.runtime.clock.now();
      const claims = await finishSignIn(provider, config, { query, kept, now });
      return { provider, claims, returnTo: kept.returnTo };
    } catch (error) {
      if (error instanceof TokenError) return this.failed(error.reason);
      return this.failed(error instanceof Error && 'code' in error ? error.code : 'rejected');
    }
  }

  private async ready(provider: SignInProvider) {
    try {
      return await this.connections.ready(provider);
    } catch (error) {
      const { issuer } = provider;
      this.logger.warn({ err: error, issuer }, 'an IdP cannot be used: nobody can sign in there');
      return undefined;
    }
  }

  // Why it failed is for the log; the person can only try again.
  private failed(code: unknown): SignInAttempt {
    this.logger.warn({ code }, 'a sign-in failed');
    return { error: 'failed' };
  }
}

const queryOf = ({ originalUrl }: Request): string => {
  const at = originalUrl.indexOf('?');
  return at < 0 ? '' : originalUrl.slice(at);
};
