import type { Clock } from '#libs/platform/kernel';
import type { Database } from '#libs/platform/db';
import type { CommandWriter } from '#libs/engine/ledger';
import type { RecordSigner } from '#libs/engine/record-signatures';
import type { SecretBox } from '#libs/platform/secrets';
import type { OnAccessEnded } from './change.js';
import { noRightsReader, type ReadRights } from './second-person/rights.js';

/** What every command runs on; the composition root makes one and provides it. */
export class CommandRuntime {
  constructor(
    readonly db: Database,
    readonly writer: CommandWriter,
    readonly clock: Clock,
    /** Every library's hook, in the order in which they run. */
    readonly onAccessEnded: readonly OnAccessEnded[],
    /** Signs the records that gateways load. */
    readonly signer: RecordSigner,
    /** For how long a new way to a role does not count as a second person; the setting's default. */
    readonly coolingOffHours = 24,
    /** Seals what is proposed; only a process in which people act has it. */
    readonly secrets?: SecretBox,
    /** Reads what agents may call, for what takes a second person where it widens that. */
    readonly readRights: ReadRights = noRightsReader,
  ) {}

  /** The same on other connections to the database. */
  on(db: Database): CommandRuntime {
    return new CommandRuntime(
      db,
      this.writer,
      this.clock,
      this.onAccessEnded,
      this.signer,
      this.coolingOffHours,
      this.secrets,
      this.readRights,
    );
  }
}
