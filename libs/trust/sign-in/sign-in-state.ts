import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { useToken } from '#libs/trust/token-endpoint';
import { SecretBox } from '#libs/platform/secrets';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SESSION_COOKIE_OPTIONS } from './console-session.js';

/** The cookie of a sign-in in progress. */
export const STATE_COOKIE = '__Host-gatehouse-sign-in';

const LIFETIME_MS = 10 * 60 * 1000;
const CONTEXT = 'sign-in-state';
const MAX_LENGTH = 4_000;

const stateSchema = z.strictObject({
  /** Where the browser was sent; nobody else's answer is taken. */
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
});
const sealedSchema = stateSchema.extend({ expiresAt: z.number() });

/** What must be known again when the browser comes back from the IdP. */
export type SignInState = z.infer<typeof stateSchema>;

/**
 * Keeps a sign-in in progress in the browser itself, sealed: anybody may begin one, so it must not cost a
 * row. It is used up by the way back from the IdP, on every replica.
 */
@Injectable()
export class SignInStates {
  constructor(
    private readonly secrets: SecretBox,
    private readonly runtime: CommandRuntime,
  ) {}

  /** Puts it into the browser. */
  keep(response: Response, state: SignInState): void {
    const expiresAt = this.runtime.clock.now().getTime() + LIFETIME_MS;
    const sealed = this.secrets.seal(JSON.stringify({ ...state, expiresAt }), CONTEXT);
    response.cookie(STATE_COOKIE, sealed, { ...SESSION_COOKIE_OPTIONS, maxAge: LIFETIME_MS });
  }

  /** Takes it out of the browser; undefined when there is none that is ours and young enough. */
  take(request: Request, response: Response): SignInState | undefined {
    const sealed = cookieOf(request, STATE_COOKIE);
    if (sealed === undefined) return undefined;
    response.clearCookie(STATE_COOKIE, SESSION_COOKIE_OPTIONS);
    const { expiresAt, ...state } = this.#open(sealed) ?? { expiresAt: 0 };
    if (expiresAt <= this.runtime.clock.now().getTime()) return undefined;
    return stateSchema.parse(state);
  }

  /**
   * Whether this is the first way back for it: from then on it is none, for a copy of the cookie too.
   * Only an answer that names its state uses it up.
   */
  async useUp({ provider, state }: SignInState, answered: string | null): Promise<boolean> {
    if (answered !== state) return false;
    const { db, clock } = this.runtime;
    const expiresAt = new Date(clock.now().getTime() + LIFETIME_MS);
    return useToken(db, 'sign_in', { issuer: provider, tokenId: state, expiresAt });
  }

  #open(sealed: string): z.infer<typeof sealedSchema> | undefined {
    try {
      return sealedSchema.parse(JSON.parse(this.secrets.open(sealed, CONTEXT)));
    } catch {
      return undefined;
    }
  }
}

// Ours holds only letters that need no decoding. Two of one name: somebody planted one, so neither is used.
const cookieOf = (request: Request, name: string): string | undefined => {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && value.length <= MAX_LENGTH
    ? value
    : undefined;
};
