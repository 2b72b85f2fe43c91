import type { Actor } from '#libs/platform/kernel';
import type { Request } from 'express';

/** A person who does something. */
export type PersonActor = Extract<Actor, { kind: 'person' }>;

/** Who a request comes from, the token that their writes must carry, and until when. */
export interface SignedIn {
  actor: PersonActor;
  csrfToken: string;
  /** When the session ends at the latest, ISO 8601. */
  expiresAt: string;
}

/** Finds out who a request comes from; libs/trust/sign-in provides it by the console's session. */
export abstract class Authenticator {
  /** Undefined when nobody is signed in, or no longer. */
  abstract signedIn(request: Request): Promise<SignedIn | undefined>;
}

declare global {
  // eslint-disable-next-line typescript/no-namespace -- how Express declares its Request
  namespace Express {
    interface Request {
      /** Set by the access guard on every route that is not public. */
      signedIn?: SignedIn;
    }
  }
}
