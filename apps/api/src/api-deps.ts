import type { CommandRuntime } from '#libs/engine/commands';
import type { Config } from '#libs/platform/config';
import type { Database } from '#libs/platform/db';
import type { Clock } from '#libs/platform/kernel';
import type { RejectionCounter } from '#libs/engine/ledger';
import type { Logger } from '#libs/platform/telemetry';
import type { SecretBox } from '#libs/platform/secrets';
import type { Outbound } from '#libs/engine/upstream';

/** What a process makes once and hands to the API. */
export interface ApiDeps {
  config: Config;
  db: Database;
  /** Its writer must know every name in {@link API_COMMANDS}. */
  runtime: CommandRuntime;
  /** Compared with the database's; the runtime's when absent. */
  machineClock?: Clock;
  rejections: RejectionCounter;
  outbound: Outbound;
  /** Encrypts and decrypts the secrets in the database. */
  secrets: SecretBox;
  logger: Logger;
  /** Where the built console is (apps/console/dist). */
  consoleDir: string;
}
