import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const RECONNECT_AFTER_MS = 1_000;

/** What was announced; null: whatever it was while nobody listened. */
export type Heard = (payload: string | null) => void;

/** Hears what is announced on channels of the database. Only hints: when the connection is lost, nothing but speed is. */
export class Notifications {
  readonly #stopping = new AbortController();
  readonly #heard = new Map<string, Heard[]>();
  #client: pg.Client | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly onLost: () => void,
  ) {}

  /** Before {@link start}. */
  on(channel: string, heard: Heard): void {
    this.#heard.set(channel, [...(this.#heard.get(channel) ?? []), heard]);
  }

  start(): void {
    this.#running ??= this.#run();
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
        this.onLost();
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
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload ?? ''));
    this.#client = client;
    await client.connect();
    for (const channel of this.#heard.keys()) await client.query(`LISTEN ${channel}`);
    for (const channel of this.#heard.keys()) this.#tell(channel, null);
    await lost;
    await client.end().catch(() => undefined);
  }

  #tell(channel: string, payload: string | null): void {
    for (const heard of this.#heard.get(channel) ?? []) heard(payload);
  }
}
