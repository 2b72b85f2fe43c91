import { createLocalJWKSet, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { MINUTE_MS, SECOND_MS, type Clock } from '#libs/platform/kernel';
import { discoverJwksUri } from './discovery.js';
import { fetchObject, type FetchDocument } from './fetch-document.js';
import { IssuerUnavailableError, TokenError } from '../errors.js';
import type { JwtIssuer } from '../trusted-issuer.js';
import { validateKeys } from './validate-keys.js';

const FETCH_AT_MOST_EVERY_MS = 30 * SECOND_MS;
// A key that its issuer withdrew counts until we look again. While tokens come we look in the background,
// and no token is believed on a look that is older than the second.
const LOOK_AGAIN_AFTER_MS = 5 * MINUTE_MS;
const LOOK_AT_LEAST_EVERY_MS = 10 * MINUTE_MS;
const USABLE_FOR_MS = 60 * MINUTE_MS;

interface KeySet {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  /** What was published, to see whether it is still the same. */
  readonly text: string;
}

/** A published key, and whether it may still be believed without looking it up again. */
export interface PublishedKey {
  readonly key: CryptoKey;
  readonly isStillPublished: () => boolean;
}

/**
 * One issuer's published keys. A key that is not known is looked for at the issuer, but however many
 * such tokens come, at most once per 30 s (invariant I5); one that was withdrawn counts for at most 10
 * minutes; while the issuer is down its keys serve for at most one hour.
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
  async find(header: JWTHeaderParameters): Promise<PublishedKey> {
    if (!this.#isFresh()) await this.#refresh();
    const known = await this.#lookUp(header);
    if (known !== undefined) return known;
    await this.#refresh();
    const found = await this.#lookUp(header);
    if (found !== undefined) return found;
    if (this.#usable() === undefined) throw new IssuerUnavailableError({ cause: this.#lastError });
    throw new TokenError('unknown_key');
  }

  async #lookUp(header: JWTHeaderParameters): Promise<PublishedKey | undefined> {
    const set = this.#usable();
    try {
      const key = await set?.find(header);
      if (key === undefined) return undefined;
      return { key, isStillPublished: () => this.#isFresh() && this.#keys?.set === set };
    } catch {
      // Two keys that fit, a key that cannot be used, a point off its curve: none is an answer.
      return undefined;
    }
  }

  /** Whether the last look is recent enough; if it is soon not, the next one begins. */
  #isFresh(): boolean {
    const age = this.#age();
    const isFresh = age <= LOOK_AT_LEAST_EVERY_MS;
    if (isFresh && age > LOOK_AGAIN_AFTER_MS) void this.#refresh();
    return isFresh;
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
    const { keys: published } = await fetchObject(this.fetch, address);
    if (!Array.isArray(published)) throw new Error(`${address} holds no key set`);
    const keys = validateKeys(published);
    const text = JSON.stringify(keys);
    // The same keys stay the same set: what was verified with it need not be verified again.
    const known = this.#keys?.set;
    return known?.text === text ? known : { find: createLocalJWKSet({ keys }), text };
  }
}
