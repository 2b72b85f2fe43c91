import { setTimeout as sleep } from 'node:timers/promises';

import { notificationOf, peerRequestOf, type RpcListener } from './json-rpc.js';
import type { KeptSession } from './mcp-era.js';
import type { McpChannel } from './mcp-channel.js';
import { PeerRequests } from './peer-requests.js';
import type { Session } from './session.js';

/** The stream on which a tool server speaks to one session, between its calls. */
export interface SessionStream extends RpcListener {
  readonly session: string;
  readonly keptSession: KeptSession;
  /** Ends it. */
  readonly signal: AbortSignal;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** What a session's stream came to. */
export type StreamOutcome = 'ended' | 'refused' | 'session_lost';

/** Reads a session's stream once, until it ends. */
export const readStream = async (
  channel: McpChannel,
  session: Session,
  { signal, onNotification, onRequest }: SessionStream,
): Promise<StreamOutcome> => {
  if (session.id === undefined) return 'refused';
  const asked = new PeerRequests(onRequest, (answer) => channel.aside(answer, session.headers));
  try {
    const { status, isStream } = await channel.listen(
      session.headers,
      signal,
      (message, control) => {
        const request = peerRequestOf(message);
        if (request !== undefined) return asked.take(request);
        const notification = notificationOf(message);
        if (notification === undefined) return;
        asked.notice(notification);
        const room = onNotification?.(notification);
        if (room !== undefined) control.waitFor(room);
      },
    );
    if (status === 404) return 'session_lost';
    // 409: another process still has it. Anything else that is no stream is a no.
    return isStream || status === 409 || status >= 500 ? 'ended' : 'refused';
  } catch {
    return 'ended';
  } finally {
    asked.end();
  }
};

/** Reads again and again, ever more slowly while nothing is to be had, until it is refused or given up. */
export const keepReading = async (
  signal: AbortSignal,
  read: () => Promise<StreamOutcome>,
): Promise<void> => {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const startedAtMs = performance.now();
    if ((await read()) === 'refused') return;
    const wasLong = performance.now() - startedAtMs > LONGEST_PAUSE_MS;
    pauseMs = wasLong ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
};
