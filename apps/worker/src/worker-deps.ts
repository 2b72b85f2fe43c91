import type { CommandRuntime } from '#libs/commands';
import type { Config } from '#libs/config';
import type { Database } from '#libs/db';
import type { LedgerLink } from '#libs/ledger';
import type { SecretBox } from '#libs/secrets';
import type { Logger } from '#libs/telemetry';
import type { Outbound } from '#libs/upstream';

/** What a process makes once and hands to the worker, which ends none of it. */
export interface WorkerDeps {
  config: Pick<Config, 'databaseUrl' | 'redisUrl'>;
  db: Database;
  /** Its writer must know every name in `WORKER_COMMANDS`. */
  runtime: CommandRuntime;
  outbound: Outbound;
  /** Seals new signing keys. */
  secrets: SecretBox;
  /** For the chain that the closing of crashed processes' chains is written on. */
  link: LedgerLink;
  logger: Logger;
}
