import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EPOCH_CHANNEL } from '#libs/platform/db';
import type { Logger } from '#libs/platform/telemetry';

const RECONNECT_AFTER_MS = 1_000;

/** Hears of a moved epoch at once. Only a hint: when the connection is lost, nothing but speed is. */
export class EpochListener {
  readonly #stopping = new AbortController();
  #client: pg.Client | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    private readonly onMove: () => void,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#listenUntilLost();
      } catch {
        this.logger.debug('cannot listen for the epoch; the poll goes on');
      }
      await sleep(RECONNECT_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #listenUntilLost(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true });
    const lost = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.once('error', () => resolve());
    });
    client.on('error', () => undefined);
    client.on('notification', this.onMove);
    this.#client = client;
    await client.connect();
    await client.query(`LISTEN ${EPOCH_CHANNEL}`);
    // Whatever was announced before we listened.
    this.onMove();
    await lost;
    await client.end().catch(() => undefined);
  }
}
