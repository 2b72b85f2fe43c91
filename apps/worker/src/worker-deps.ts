import type { CommandRuntime } from '#libs/engine/commands';
import type { Config } from '#libs/platform/config';
import type { Database } from '#libs/platform/db';
import type { LedgerLink } from '#libs/engine/ledger';
import type { SecretBox } from '#libs/platform/secrets';
import type { Logger } from '#libs/platform/telemetry';
import type { Outbound } from '#libs/engine/upstream';

/** What a process makes once and hands to the worker, which ends none of it. */
export interface WorkerDeps {
  config: Pick<Config, 'databaseUrl' | 'redisUrl' | 'decisionSamplePercent'>;
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
