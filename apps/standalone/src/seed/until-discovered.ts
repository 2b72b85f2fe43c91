import type { Database } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** Waits until the worker has discovered the tools of these tool servers. */
export const untilDiscovered = async (db: Database, slugs: readonly string[]): Promise<void> => {
  const deadlineMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const servers = await db.toolServer.findMany({
      where: { slug: { in: [...slugs] }, state: { not: 'ready' } },
    });
    const [first] = servers;
    if (!first) return;
    if (first.state === 'failed' || Date.now() > deadlineMs) {
      const why = first.stateReason ?? 'it took too long';
      throw new DomainError(
        'unavailable',
        `The tools of ${first.slug} could not be discovered: ${why}. Remove .gatehouse to start anew.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
};
