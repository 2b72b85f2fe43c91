import { Inject, Injectable } from '@nestjs/common';
import {
  assertWriteIsOurs,
  Authenticator,
  HTTP_OPTIONS,
  MachineAuthenticator,
  type HttpOptions,
} from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import type { Request } from 'express';
import { z } from 'zod';
import { pendingIdentitySchema, type PendingIdentity } from './setup.schemas.js';

/** Somebody whose identity the IdP attests: unknown here, or a person. */
export interface Claimant {
  identity: PendingIdentity | { personId: string };
  csrfToken: string;
}

const pendingSessionSchema = z.object({
  pendingIdentity: pendingIdentitySchema,
  csrfToken: z.string().min(1),
});

/**
 * Admits anybody who signed in at the IdP, known here or not, to the one route that makes an owner. What the
 * access guard asks of every write of the console is asked here too.
 */
@Injectable()
export class SetupAuthenticator extends MachineAuthenticator {
  readonly #admitted = new WeakMap<Request, Claimant>();

  constructor(
    private readonly authenticator: Authenticator,
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
  ) {
    super();
  }

  override async admit(request: Request): Promise<void> {
    const claimant = this.pending(request) ?? (await this.#person(request));
    if (claimant === null) {
      throw new DomainError('unauthenticated', 'Sign in at your IdP first, then enter the code.');
    }
    assertWriteIsOurs(request, claimant.csrfToken, this.options.allowedOrigins);
    this.#admitted.set(request, claimant);
  }

  /** Who was admitted with this request. */
  claimantOf(request: Request): Claimant {
    const claimant = this.#admitted.get(request);
    if (claimant === undefined) throw new Error('the setup authenticator let nobody in');
    return claimant;
  }

  /** Who signed in at the IdP without being known here; null when that is not so. */
  pending(request: Request): (Claimant & { identity: PendingIdentity }) | null {
    const parsed = pendingSessionSchema.safeParse(request.session);
    if (!parsed.success) return null;
    const { pendingIdentity: identity, csrfToken } = parsed.data;
    return { identity, csrfToken };
  }

  async #person(request: Request): Promise<Claimant | null> {
    const signedIn = await this.authenticator.signedIn(request);
    if (signedIn === undefined) return null;
    return { identity: { personId: signedIn.actor.id }, csrfToken: signedIn.csrfToken };
  }
}
