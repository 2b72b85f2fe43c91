import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '#libs/platform/kernel';
import type { Request } from 'express';

/** A provisioning client: the connection whose token a request showed. */
export type ScimClient = Extract<Actor, { kind: 'scim' }>;

declare global {
  // eslint-disable-next-line typescript/no-namespace -- how Express declares its Request
  namespace Express {
    interface Request {
      /** Set by the SCIM authenticator. */
      scimClient?: ScimClient;
    }
  }
}

/** The provisioning client of a request that came through the SCIM authenticator. */
export const CurrentScimClient = createParamDecorator(
  (_: unknown, context: ExecutionContext): ScimClient => {
    const { scimClient } = context.switchToHttp().getRequest<Request>();
    if (scimClient === undefined)
      throw new Error('CurrentScimClient without the SCIM authenticator');
    return scimClient;
  },
);
