import { Socket } from 'node:net';
import pg from 'pg';
import { StatementError } from './errors.js';

const CONNECT_TIMEOUT_MS = 5000;
// What the server is given beyond its own statement timeout before the connection counts as lost.
const ANSWER_GRACE_MS = 2000;

// A server that no longer hears from a writer lets its chain's lock go after about 25 s.
const SESSION_SQL = `
  SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $1, false),
         set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
         set_config('tcp_keepalives_count', '3', false), set_config('TimeZone', 'UTC', false),
         set_config('synchronous_commit', 'on', false)`;

/** The dedicated connection that a chain lives and dies with. */
export class ChainConnection {
  readonly #socket = new Socket();
  readonly #client: pg.Client;
  readonly #lost: ((error: Error) => void)[] = [];
  #error: Error | undefined;

  private constructor(url: string, applicationName: string, timeoutMs: number) {
    this.#client = new pg.Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: timeoutMs + ANSWER_GRACE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5000,
      stream: () => this.#socket,
    });
    this.#client.on('error', (error) => this.destroy(error));
    this.#client.on('end', () => this.destroy(new Error('the connection ended')));
  }

  static async open(url: string, name: string, timeoutMs: number): Promise<ChainConnection> {
    const connection = new ChainConnection(url, name, timeoutMs);
    try {
      await connection.#client.connect();
      await connection.query(SESSION_SQL, [String(timeoutMs)]);
      return connection;
    } catch (error) {
      connection.destroy(error);
      throw error;
    }
  }

  get isLost(): boolean {
    return this.#error !== undefined;
  }

  /** Called once, when the connection is lost or was destroyed. */
  onLost(listener: (error: Error) => void): void {
    this.#lost.push(listener);
  }

  /** Throws {@link StatementError} when the server rejected the statement; after any other error the connection is gone. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
    options: { name?: string; timeoutMs?: number } = {},
  ): Promise<Row[]> {
    if (this.#error) throw this.#error;
    try {
      const { rows } = await this.#client.query<Row>({
        text,
        values: [...values],
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.timeoutMs === undefined ? {} : { query_timeout: options.timeoutMs }),
      });
      return rows;
    } catch (error) {
      if (isRejection(error) && !this.isLost) throw new StatementError(error.code ?? '', error);
      this.destroy(error);
      throw error;
    }
  }

  /** Ends it in good order. */
  async end(): Promise<void> {
    if (!this.isLost) await this.#client.end();
  }

  /** Ends it at once; what was in progress has no known result. */
  destroy(reason: unknown): void {
    if (this.#error) return;
    this.#error = reason instanceof Error ? reason : new Error(String(reason));
    this.#socket.destroy();
    for (const listener of this.#lost) listener(this.#error);
  }
}

// Class 08 is a broken connection, 57P a server that is going away, XX an internal fault: after those
// is unknown. Every other error answer means that the transaction was rolled back.
const isRejection = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && !/^(?:08|57P|XX|58)/.test(error.code ?? 'XX');
