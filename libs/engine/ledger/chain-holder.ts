import { systemClock } from '#libs/platform/kernel';
import type { ChainPurpose } from './catalogue.js';
import { Chain, type LedgerLink } from './chain.js';
import { closeOwnChain, type LostCall } from './close-chain.js';
import type { PreparedEntry } from './prepare-entry.js';
import { unavailable } from './errors.js';

const REOPEN_MS = 1000;
const RETRY_CLOSING_MS = 5000;

/**
 * Keeps one purpose's chain, for an owner that appends one batch at a time and asks before each. It
 * opens the chain, and when that dies opens another and closes the dead one from there. Once asked it
 * keeps a chain alive, so that others can see that this process lives.
 */
export class ChainHolder {
  readonly #dead: Chain[] = [];
  #chain: Chain | undefined;
  #opening: Promise<Chain> | undefined;
  #retryClosingAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly link: LedgerLink,
    private readonly purpose: ChainPurpose,
  ) {}

  /** The chain to append to; opens one when there is none. Throws 'unavailable' when it cannot. */
  async current(): Promise<Chain> {
    const chain = this.#chain;
    if (chain && !chain.isDead && !this.#shouldRetryClosing()) return chain;
    if (this.#stopped) throw unavailable();
    this.#opening ??= (chain && !chain.isDead ? this.#closeDead(chain) : this.#open()).finally(
      () => (this.#opening = undefined),
    );
    return this.#opening;
  }

  /**
   * Closes the chain in good order; the caller has made sure that nothing is in progress. Never throws: a
   * chain that cannot be closed now, or is not whole, is closed later by CrashedChains.
   */
  async stop({ isWhole = true }: { isWhole?: boolean } = {}): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#opening?.catch(() => undefined);
    const chain = this.#chain;
    if (!isWhole) chain?.abandon(new Error('what belongs on this chain could not be written'));
    await chain?.close('stopped').catch((error: unknown) => chain.abandon(error));
  }

  async #open(): Promise<Chain> {
    if (this.#chain) this.#dead.push(this.#chain);
    this.#chain = undefined;
    let chain: Chain;
    try {
      chain = await Chain.open(this.link, this.purpose);
    } catch (error) {
      this.#reopenSoon();
      throw unavailable(error);
    }
    chain.connection.onLost(() => this.#reopenSoon());
    try {
      await this.#closeDead(chain);
    } catch (error) {
      this.#dead.push(chain);
      throw error;
    }
    this.#chain = chain;
    return chain;
  }

  #shouldRetryClosing(): boolean {
    return this.#dead.length > 0 && performance.now() >= this.#retryClosingAtMs;
  }

  async #closeDead(by: Chain): Promise<Chain> {
    const nowMs = (this.link.clock ?? systemClock).now().getTime();
    this.#retryClosingAtMs = performance.now() + RETRY_CLOSING_MS;
    for (let left = this.#dead.length; left > 0; left -= 1) {
      const dead = this.#dead.shift();
      if (dead === undefined) break;
      const reason = dead.inDoubt ? 'commit_unknown' : 'crashed';
      const lost = (dead.inDoubt?.entries ?? []).filter(isAllowedIntent).map(toLostCall);
      try {
        await closeOwnChain(by, dead, reason, lost, nowMs);
      } catch (error) {
        // Tried again in a while, and by CrashedChains once this process has ended.
        this.#dead.push(dead);
        if (by.isDead) throw unavailable(error);
      }
    }
    return by;
  }

  #reopenSoon(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#chain?.isDead !== false) void this.current().catch(() => undefined);
    }, REOPEN_MS).unref();
  }
}

const isAllowedIntent = (entry: PreparedEntry): boolean =>
  entry.type === 'call.intent' && entry.data.includes('"decision":"allow"');

const toLostCall = (entry: PreparedEntry): LostCall => ({
  callId: entry.callId ?? '',
  actor: { kind: entry.actorKind, id: entry.actorId },
  atMs: Date.parse(entry.at),
});
