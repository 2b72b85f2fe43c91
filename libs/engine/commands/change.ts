import type { Actor, Json } from '#libs/platform/kernel';
import type { CommandEntryData } from '#libs/engine/ledger';
import type { Tx } from '#libs/platform/db';
import type { JobName, JobPayload } from '#libs/platform/queue';

/** What a command works with; passed on explicitly, never ambient. */
export interface CommandContext {
  /** The command's one transaction. */
  tx: Tx;
  actor: Actor;
  now: Date;
  /** Writes a follow-up to the outbox: it is queued if, and only if, the command commits. */
  readonly enqueue: <N extends JobName>(name: N, payload: JobPayload<N>) => Promise<void>;
}

/** What a command did, for its caller and for the ledger; without it the command has not returned. */
export interface Change<Output> {
  output: Output;
  /** What was changed. The name goes into a payload, the id into the entry. */
  subject: { id: string; name: string };
  /** Ids, enums and numbers that were changed: nobody's words, nobody's name. */
  facts: CommandEntryData['facts'];
  /** Names of others who take part, for example `proposer`. */
  names?: Record<string, string>;
  /** Why, in the actor's words. */
  reason?: string;
  /** Nobody's rights changed after all, though the command may change them: the epoch stays. */
  keepsRights?: boolean;
  /** More of what changed, kept apart from the hash. */
  changes?: Json;
}
