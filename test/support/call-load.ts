import { setTimeout as sleep } from 'node:timers/promises';

/** One kind of call that agents make all the time; what it says may change while they make it. */
export interface LoadCall {
  token: string;
  onBehalfOf?: string;
}

/** Agents that call without a pause. */
export interface CallLoad {
  /** How many calls were answered, by status. */
  readonly answers: ReadonlyMap<number, number>;
  stop(): Promise<void>;
}

const UNREGISTERED_AGENTS_PER_ISSUER = 4;
const PAUSE_AFTER_REJECTION_MS = 5;

/** Keeps every gateway busy with every kind of call. */
export const startCallLoad = (
  gatewayUrls: readonly string[],
  calls: Record<string, LoadCall>,
): CallLoad => {
  const over = new AbortController();
  const answers = new Map<number, number>();
  const kinds = Object.keys(calls);
  const caller = async (url: string, first: number): Promise<void> => {
    for (let index = first; !over.signal.aborted; index += 1) {
      const { token, onBehalfOf } = calls[kinds[index % kinds.length]!]!;
      const answer = await fetch(`${url}/v1/tool-calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          server: 'helpdesk',
          tool: 'search_tickets',
          arguments: { query: 'load' },
          onBehalfOf,
        }),
      });
      await answer.text();
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      if (answer.status !== 200) await sleep(PAUSE_AFTER_REJECTION_MS);
    }
  };
  const callers = gatewayUrls.flatMap((url) =>
    Array.from({ length: UNREGISTERED_AGENTS_PER_ISSUER }, (_, index) => caller(url, index)),
  );
  return {
    answers,
    stop: async () => {
      over.abort();
      await Promise.all(callers);
    },
  };
};
