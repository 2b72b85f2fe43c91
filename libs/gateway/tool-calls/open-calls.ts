import { toolKey } from '#libs/engine/policy';
import { asCallError } from './as-call-error.js';
import { assertStillAuthorized } from './caller/still-authorized.js';
import type { Clock } from '#libs/platform/kernel';
import type { Termination } from './call-end.js';
import type { ToolCallContext } from './tool-call-context.js';
import { killSwitchReason } from './steps/kill-switch-denial.js';
import type { GatewaySnapshot } from './snapshot/gateway-snapshot.js';
import type { SnapshotHolder } from './snapshot/snapshot-holder.js';

/** Which call a caller takes back: one of its own, by what the caller named it. */
export interface CancelledCall {
  readonly agentId: string;
  /** Null: the agent acts for itself. */
  readonly personId: string | null;
  /** The digest of the client's session; null for a client that has none. */
  readonly session: string | null;
  readonly requestId: string | number;
}

interface OpenCall {
  readonly ctx: ToolCallContext;
  readonly abort: AbortController;
}

/**
 * The calls that are at a tool server now, and the streams that clients hold open. All of them are checked
 * against each newer snapshot: a call whose right was revoked is terminated, as it would be rejected if it came
 * now (invariant I3).
 */
export class OpenCalls {
  readonly #open = new Set<OpenCall>();

  constructor(
    private readonly snapshots: Pick<SnapshotHolder, 'newest' | 'follow'>,
    private readonly clock: Clock,
  ) {
    snapshots.follow((snapshot) => this.#holdAgainst(snapshot));
  }

  get size(): number {
    return this.#open.size;
  }

  /**
   * Runs the call's work; its signal is aborted with a {@link Termination} when the call loses its right, or
   * its caller gives it up.
   */
  async run<T>(ctx: ToolCallContext, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const call = { ctx, abort: new AbortController() };
    const { givenUp } = ctx.adapter;
    const onGivenUp = (): void => call.abort.abort(GIVEN_UP);
    this.#open.add(call);
    givenUp?.addEventListener('abort', onGivenUp, { once: true });
    if (givenUp?.aborted === true) onGivenUp();
    try {
      // It was evaluated under an epoch that may have passed between its commit and now.
      const { newest } = this.snapshots;
      if (newest !== undefined && newest.epoch > ctx.snapshot.epoch) this.#hold(call, newest);
      return await work(call.abort.signal);
    } finally {
      this.#open.delete(call);
      givenUp?.removeEventListener('abort', onGivenUp);
    }
  }

  /**
   * Cancels the caller's own call of this name. A name that two of its calls have is nobody's: clients without
   * a session cannot be told apart. @returns whether there was such a call
   */
  cancel(cancelled: CancelledCall): boolean {
    const [call, another] = [...this.#open].filter(({ ctx }) => isOf(ctx, cancelled));
    if (call === undefined || another !== undefined) return false;
    call.abort.abort(CANCELLED);
    return true;
  }

  #holdAgainst(snapshot: GatewaySnapshot): void {
    for (const call of this.#open) this.#hold(call, snapshot);
  }

  #hold({ ctx, abort }: OpenCall, snapshot: GatewaySnapshot): void {
    if (abort.signal.aborted) return;
    const termination = terminationOf(ctx, snapshot, this.clock.now());
    if (termination !== null) abort.abort(termination);
    // A stream stays for long, and keeps no snapshot longer than it is the newest.
    else if (ctx.knownTool === undefined) ctx.snapshot = snapshot;
  }
}

const CANCELLED: Termination = {
  reason: 'cancelled',
  message: 'Its caller cancelled it.',
};
const GIVEN_UP: Termination = {
  reason: 'cancelled',
  message: 'Its caller closed the connection.',
};

const isOf = ({ adapter, agent, onBehalfOf, session }: ToolCallContext, of: CancelledCall) =>
  adapter.requestId === of.requestId &&
  agent.id === of.agentId &&
  (onBehalfOf?.person.id ?? null) === of.personId &&
  (session?.digest ?? null) === of.session;

const terminationOf = (
  { caller, knownTool: tool }: ToolCallContext,
  snapshot: GatewaySnapshot,
  now: Date,
): Termination | null => {
  const killSwitch = tool && snapshot.killSwitchOf(tool, now);
  if (killSwitch !== undefined)
    return { reason: 'kill_switch_active', message: killSwitchReason(killSwitch) };
  // As it is in the newer snapshot.
  const block =
    tool && snapshot.tools.get(toolKey({ server: tool.server.slug, name: tool.name }))?.block;
  if (block !== undefined && block !== null)
    return { reason: 'tool_blocked', message: block.reason };
  try {
    assertStillAuthorized(caller, snapshot, now);
    return null;
  } catch (error) {
    // What cannot be shown to be still authorized is not.
    const { reason, message } = asCallError(error, '');
    return { reason, message };
  }
};
