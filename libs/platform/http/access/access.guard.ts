import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import { isAllowed, permissionDenied, type Permission } from '#libs/platform/access';
import { DomainError } from '#libs/platform/kernel';
import type { Request, Response } from 'express';
import { BodyReader, type BodySender } from '../server/read-body.js';
import { HTTP_OPTIONS, type HttpOptions } from '../server/http-options.js';
import { ACCESS_KEY, type RouteAccess } from '../routes/declarations.js';
import { idParamsSchema } from '../schemas.js';
import { Authenticator, type PersonActor } from './authenticator.js';
import { assertWriteIsOurs } from './write-check.js';
import { WriteRejections } from './write-rejections.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The one place where the API lets somebody in: global, by the route's own declaration, never by the
 * look of a path (invariant G14). A route that declares nothing is rejected.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
    private readonly rejections: WriteRejections,
    private readonly modules: ModuleRef,
    private readonly bodies: BodyReader,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<RouteAccess | undefined>(ACCESS_KEY, context.getHandler());
    if (access === undefined)
      throw new DomainError('forbidden', 'Nobody may use this address: it declares no permission.');
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (access.kind !== 'public' || access.isProbe !== true)
      this.#assertTrueClock(http.getResponse<Response>());
    const sender = await this.#admit(request, http.getResponse<Response>(), access);
    await this.bodies.read(request, http.getResponse<Response>(), sender);
    return true;
  }

  // Tokens, sessions, signals and expiry times are all checked against this process's clock (invariant G22).
  #assertTrueClock(response: Response): void {
    try {
      this.options.clock?.assertTrue();
    } catch (error) {
      response.set('Retry-After', '1');
      throw error;
    }
  }

  async #admit(request: Request, response: Response, access: RouteAccess): Promise<BodySender> {
    if (access.kind === 'public') return 'anybody';
    if (access.kind === 'machine') {
      // An authenticator that no module provides is an error, and admits nobody.
      const authenticator = this.modules.get(access.authenticator, { strict: false });
      if (authenticator.asksTheBody) await this.bodies.read(request, response, 'anybody');
      await authenticator.admit(request, access.scope);
      return 'authenticated';
    }
    const signedIn = await this.authenticator.signedIn(request);
    if (signedIn === undefined)
      throw new DomainError('unauthenticated', 'You are not signed in: sign in and try again.');
    assertWriteIsOurs(request, signedIn.csrfToken, this.options.allowedOrigins);
    if (access.kind === 'permission' && !isAllowed(signedIn.actor, access.permission))
      await this.#reject(request, signedIn.actor, access.permission);
    request.signedIn = signedIn;
    return 'authenticated';
  }

  // Reading what one may not is rejected; trying to change it is also written down.
  async #reject(request: Request, actor: PersonActor, permission: Permission): Promise<never> {
    const error = permissionDenied(permission);
    if (!READS.has(request.method)) {
      const id = idParamsSchema.safeParse(request.params);
      const subjectId = id.success ? id.data.id : null;
      await this.rejections.record({ actor, permission, subjectId, error });
    }
    throw error;
  }
}
