import type { Database, Notifications } from '#libs/platform/db';
import { isObject } from '#libs/platform/kernel';
import type { CancelledCall, OpenCalls } from './open-calls.js';

const CHANNEL = 'gatehouse_call_cancelled';

/** Cancels calls, whichever gateway holds them. */
export class Cancellations {
  constructor(
    private readonly db: Database,
    notifications: Pick<Notifications, 'on'>,
    private readonly openCalls: Pick<OpenCalls, 'cancel'>,
  ) {
    // What was announced while nobody listened is lost: the call goes on, as one whose caller cannot reach us.
    notifications.on(CHANNEL, (payload) => {
      const cancelled = payload === null ? null : readPayload(payload);
      if (cancelled !== null) openCalls.cancel(cancelled);
    });
  }

  /** Cancels the call here, or else asks the other gateways, which know the client by its session alone. */
  async cancel(cancelled: CancelledCall): Promise<void> {
    if (this.openCalls.cancel(cancelled) || cancelled.session === null) return;
    await this.db.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(cancelled)})`;
  }
}

// Anybody with a connection to the database may announce something: it can end a call, and allows none.
const readPayload = (payload: string): CancelledCall | null => {
  try {
    const value: unknown = JSON.parse(payload);
    if (!isObject(value)) return null;
    const { agentId, personId, session, requestId } = value;
    if (typeof agentId !== 'string' || typeof session !== 'string') return null;
    if (typeof personId !== 'string' && personId !== null) return null;
    if (typeof requestId !== 'string' && typeof requestId !== 'number') return null;
    return { agentId, personId, session, requestId };
  } catch {
    return null;
  }
};
