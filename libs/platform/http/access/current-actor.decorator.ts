import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { PersonActor } from './authenticator.js';

/** The signed-in person; on a public route there is none and this throws. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): PersonActor => {
    const { signedIn } = context.switchToHttp().getRequest<Request>();
    if (signedIn === undefined) throw new Error('CurrentActor on a public route');
    return signedIn.actor;
  },
);
