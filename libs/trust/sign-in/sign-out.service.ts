import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import type { PersonActor } from '#libs/platform/http';
import type { Request } from 'express';
import { buildEndSessionUrl } from 'openid-client';
import { EndAllSessions, EndSession } from './commands/sessions.js';
import { IdpConnections } from './providers/idp-connections.js';
import { SignInProviders } from './providers/sign-in-providers.js';
import { endSession } from './session-store.js';

/** Ends sessions of the person who asks for it, and says where the IdP's own ends. */
@Injectable()
export class SignOutService {
  constructor(
    private readonly providers: SignInProviders,
    private readonly connections: IdpConnections,
    private readonly endOne: EndSession,
    private readonly endAll: EndAllSessions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Ends this session; answers where the browser ends it at the IdP. */
  async here(request: Request, actor: PersonActor): Promise<string> {
    const { issuer } = request.session;
    await this.endOne.execute(actor, { personId: actor.id });
    await endSession(request);
    return this.#endSessionUrl(issuer);
  }

  /** Ends every session of the person, this one included; answers where the browser ends it at the IdP. */
  async everywhere(
    request: Request,
    actor: PersonActor,
  ): Promise<{ sessionsEnded: number; redirectTo: string }> {
    const { issuer } = request.session;
    const { sessionsEnded } = await this.endAll.execute(actor, { personId: actor.id });
    await endSession(request);
    return { sessionsEnded, redirectTo: await this.#endSessionUrl(issuer) };
  }

  /** Our own front page when the IdP has no such address, or cannot be asked. */
  async #endSessionUrl(issuer: string | undefined): Promise<string> {
    const home = `${this.config.publicUrl}/`;
    try {
      const provider = (await this.providers.list()).find((one) => one.issuer === issuer);
      if (provider === undefined) return home;
      const config = await this.connections.ready(provider);
      if (config.serverMetadata().end_session_endpoint === undefined) return home;
      return buildEndSessionUrl(config, { post_logout_redirect_uri: home }).href;
    } catch {
      // Signing out here must not depend on the IdP.
      return home;
    }
  }
}
