import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Notifications } from '#libs/platform/db';
import type { Clock } from '#libs/platform/kernel';
import type { Logger } from '#libs/platform/telemetry';
import type { DeclaredClient, McpSession, SessionOwner } from './mcp-session.js';
import { HeldStreams } from './held-streams.js';
import { OpeningRate, type RateLimit } from './opening-rate.js';
import { RememberedSessions } from './remembered-sessions.js';
import { digestOfSessionId, isSessionId, newSessionId } from './session-id.js';
import {
  SESSION_ENDED_CHANNEL,
  SessionRows,
  STREAM_OPENED_CHANNEL,
  type SessionRow,
} from './session-rows.js';
import { KeptUpstreamSession, openAll, type EndedUpstreamSession } from './upstream-sessions.js';

/** What {@link McpSessions} work with, and their bounds. */
export interface McpSessionsOptions {
  readonly db: Database;
  readonly notifications: Pick<Notifications, 'on'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
  /** A session ends after so long without a request and without an open stream. */
  readonly idleSeconds: number;
  /** Of an agent, or of each person for whom it acts; the least recently used end first (20,000). */
  readonly maxEach?: number;
  /** For the same, in each process (12,000 at once, then 100 a second). */
  readonly opening?: RateLimit;
}

const MAX_REMEMBERED = 2_000;
/** Each keeps a connection. */
const MAX_STREAMS_EACH = 256;
const REMEMBERED_MS = 3_000;
const ROUND_MS = 15_000;
const LONGEST_UNTOUCHED_MS = 60_000;
// Looking for those over the bound reads as many rows as are kept.
const OPENINGS_PER_TRIM = 100;

/**
 * The clients' sessions. They are in the database, so that any gateway serves any request of them, and
 * an idle one costs a process no memory.
 */
export class McpSessions {
  readonly #rows: SessionRows;
  readonly #remembered = new RememberedSessions(MAX_REMEMBERED, REMEMBERED_MS);
  readonly #rate: OpeningRate;
  readonly #maxEach: number;
  readonly #held = new HeldStreams(MAX_STREAMS_EACH);
  readonly #followers: ((digest: string) => void)[] = [];
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #openings = 0;

  constructor(private readonly options: McpSessionsOptions) {
    const { db, notifications, maxEach = 20_000 } = options;
    this.#rows = new SessionRows(db);
    this.#rate = new OpeningRate(options.opening ?? { burst: 12_000, perSecond: 100 });
    this.#maxEach = maxEach;
    notifications.on(SESSION_ENDED_CHANNEL, (digest) => {
      if (digest === null) this.#hearNothing();
      else this.#hearEnded(digest);
    });
    notifications.on(STREAM_OPENED_CHANNEL, (announced) => {
      if (announced !== null) this.#held.hear(announced);
    });
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Tells of each session that has ended, by its digest. */
  follow(follower: (digest: string) => void): void {
    this.#followers.push(follower);
  }

  /** Opens a session. @returns its id; null when its owner opens too many too fast */
  async open(owner: SessionOwner, client: DeclaredClient): Promise<string | null> {
    if (!this.#rate.take(keyOf(owner))) return null;
    const id = newSessionId();
    const digest = digestOfSessionId(id);
    await this.#rows.insert({ ...owner, client, digest, lastUsedAt: this.options.clock.now() });
    this.#openings += 1;
    if (this.#openings % Math.min(OPENINGS_PER_TRIM, this.#maxEach) === 0)
      await this.#rows.endBeyond(this.#maxEach, owner);
    return id;
  }

  /** The session that its owner presents, at its address, while it lasts. */
  async find(id: string, owner: SessionOwner): Promise<McpSession | null> {
    if (!isSessionId(id)) return null;
    const digest = digestOfSessionId(id);
    const row = await this.#read(digest);
    if (row === null || !isOwn(row, owner)) return null;
    if (this.#unusedMs(row) > this.#touchEveryMs) this.#touch(row);
    return { ...owner, id, digest, client: row.client };
  }

  /** Ends a session for all gateways. @returns what it was at the tool servers */
  async end(session: McpSession): Promise<EndedUpstreamSession[]> {
    const sealed = await this.#rows.upstreams(session.digest);
    await this.#rows.end(session.digest);
    this.#hearEnded(session.digest);
    return openAll(session, sealed);
  }

  /**
   * Keeps a session from being idle while its stream is open. A newer stream of it, on any gateway, ends
   * this one, and so does the session's end.
   * @returns what lets go of it; null when its owner has too many streams here
   */
  async hold(session: McpSession, onEnded: () => void): Promise<(() => void) | null> {
    const { digest } = session;
    const id = this.#held.add(digest, keyOf(session), onEnded);
    if (id === null) return null;
    await this.#rows.announceStream(digest, id);
    return () => this.#held.remove(digest, id);
  }

  /** Where the session at a tool server is kept that belongs to a session of ours. */
  upstream(session: McpSession, server: { id: string; url: string }): KeptUpstreamSession {
    return new KeptUpstreamSession(this.#rows, session, server);
  }

  // What looks idle may have been used elsewhere since it was read.
  async #read(digest: string): Promise<SessionRow | null> {
    const remembered = this.#remembered.get(digest);
    if (remembered !== undefined && this.#unusedMs(remembered) <= this.#idleMs) return remembered;
    const row = await this.#rows.find(digest);
    if (row === null || this.#unusedMs(row) > this.#idleMs) return null;
    this.#remembered.set(row);
    return row;
  }

  #unusedMs({ lastUsedAt }: SessionRow): number {
    return this.options.clock.now().getTime() - lastUsedAt.getTime();
  }

  get #idleMs(): number {
    return this.options.idleSeconds * 1000;
  }

  get #touchEveryMs(): number {
    return Math.min(LONGEST_UNTOUCHED_MS, this.#idleMs / 4);
  }

  // Nobody waits for it: should it fail, the next request finds it untouched.
  #touch(row: SessionRow): void {
    row.lastUsedAt = this.options.clock.now();
    this.#rows.touch([row.digest], row.lastUsedAt).catch((error: unknown) => this.#failed(error));
  }

  // Whatever has ended while nobody listened.
  #hearNothing(): void {
    this.#remembered.clear();
    this.#touchHeld().catch((error: unknown) => this.#failed(error));
  }

  #hearEnded(digest: string): void {
    this.#remembered.drop(digest);
    this.#held.end(digest);
    for (const follower of this.#followers) follower(digest);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await sleep(Math.min(ROUND_MS, this.#touchEveryMs), undefined, { signal }).catch(
        () => undefined,
      );
      if (!signal.aborted) await this.tidyUp().catch((error: unknown) => this.#failed(error));
    }
  }

  /** Deletes what is idle, which what has a stream is not, and lets go of what ended unheard. */
  async tidyUp(): Promise<void> {
    await this.#touchHeld();
    await this.#rows.endIdle(new Date(this.options.clock.now().getTime() - this.#idleMs));
  }

  async #touchHeld(): Promise<void> {
    const held = this.#held.digests;
    if (held.length === 0) return;
    const known = await this.#rows.touch(held, this.options.clock.now());
    for (const digest of held) if (!known.has(digest)) this.#hearEnded(digest);
  }

  #failed(error: unknown): void {
    this.options.logger.warn({ err: error }, 'sessions could not be kept up to date; trying again');
  }
}

/** Whom the bounds are for: an agent, or each person for whom it acts. */
const keyOf = ({ agentId, personId }: SessionOwner): string => `${agentId} ${personId}`;

const isOwn = (row: SessionRow, owner: SessionOwner): boolean =>
  row.agentId === owner.agentId &&
  row.personId === owner.personId &&
  row.bindingId === owner.bindingId &&
  row.server === owner.server;
