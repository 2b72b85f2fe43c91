import { createLocalJWKSet, type CryptoKey, type JWTHeaderParameters } from 'jose';
import type { Clock } from '#libs/platform/kernel';
import { discoverJwksUri } from './discovery.js';
import { fetchObject, type FetchDocument } from './fetch-document.js';
import { IssuerUnavailableError, TokenError } from '../errors.js';
import type { JwtIssuer } from '../trusted-issuer.js';
import { validateKeys } from './validate-keys.js';

const FETCH_AT_MOST_EVERY_MS = 30_000;
const REFRESH_AFTER_MS = 10 * 60_000;
const USABLE_FOR_MS = 60 * 60_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * One issuer's published keys. A key that is not known is looked for at the issuer, but however many
 * such tokens come, at most once per 30 s (invariant I5); while the issuer is down its keys serve for at
 * most one hour.
 */
export class IssuerKeys {
  #keys: { set: KeySet; fetchedAt: number } | undefined;
  #lastAttemptAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;
  #lastError: unknown;

  constructor(
    private readonly issuer: Pick<JwtIssuer, 'url' | 'keysUrl'>,
    private readonly fetch: FetchDocument,
    private readonly clock: Clock,
  ) {}

  /** The key that the token's header names. */
  async find(header: JWTHeaderParameters): Promise<CryptoKey> {
    const known = await this.#lookUp(header);
    if (known !== undefined) {
      if (this.#age() > REFRESH_AFTER_MS) void this.#refresh();
      return known;
    }
    await this.#refresh();
    const found = await this.#lookUp(header);
    if (found !== undefined) return found;
    if (this.#usable() === undefined) throw new IssuerUnavailableError({ cause: this.#lastError });
    throw new TokenError('unknown_key');
  }

  async #lookUp(header: JWTHeaderParameters): Promise<CryptoKey | undefined> {
    try {
      return await this.#usable()?.(header);
    } catch {
      // Two keys that fit, a key that cannot be used, a point off its curve: none is an answer.
      return undefined;
    }
  }

  #usable(): KeySet | undefined {
    return this.#age() <= USABLE_FOR_MS ? this.#keys?.set : undefined;
  }

  #age(): number {
    return this.#keys
      ? this.clock.now().getTime() - this.#keys.fetchedAt
      : Number.POSITIVE_INFINITY;
  }

  /** Never throws: what is known afterwards is the answer. */
  #refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.#fetching) return this.#fetching;
    if (now - this.#lastAttemptAt < FETCH_AT_MOST_EVERY_MS) return Promise.resolve();
    this.#lastAttemptAt = now;
    this.#fetching = this.#attempt(now);
    return this.#fetching;
  }

  async #attempt(now: number): Promise<void> {
    try {
      this.#keys = { set: await this.#load(), fetchedAt: now };
    } catch (error) {
      this.#lastError = error;
    } finally {
      this.#fetching = undefined;
    }
  }

  async #load(): Promise<KeySet> {
    const { url, keysUrl } = this.issuer;
    const address = keysUrl ?? (await discoverJwksUri(this.fetch, url));
    const { keys } = await fetchObject(this.fetch, address);
    if (!Array.isArray(keys)) throw new Error(`${address} holds no key set`);
    return createLocalJWKSet({ keys: validateKeys(keys) });
  }
}
