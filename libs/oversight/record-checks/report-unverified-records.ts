import { raiseAlert } from '#libs/engine/alerts';
import { command, type Change, type CommandContext } from '#libs/engine/commands';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ALERT_KIND, unreportedRecords } from './unreported-records.js';

// More than a few at once are one incident; the rest follows when these were looked at.
const MAX_ALERTS = 20;

/** Raises an alert about each record that is not as a command left it. */
@Injectable()
export class ReportUnverifiedRecords extends command({
  name: 'report-unverified-records',
  permission: { action: 'verify', subject: 'LedgerEntry' },
  changesRights: false,
  creates: true,
  actors: 'system',
  input: z.strictObject({}),
  load: () => ({ id: 'all' }),
})<void> {
  protected async run({ tx, now }: CommandContext): Promise<Change<void>> {
    const found = await unreportedRecords(tx, this.runtime.signer);
    for (const { kind, id } of found.slice(0, MAX_ALERTS))
      await raiseAlert(tx, now, {
        kind: ALERT_KIND,
        subject: { kind, id },
        message: `This ${kind.replaceAll('_', ' ')} is not as a command left it, so gateways allow nothing by it. Find out who wrote to the database; then \`gatehouse records sign\` accepts it, or change it back.`,
      });
    return {
      output: undefined,
      subject: { id: 'all', name: 'records that do not verify' },
      facts: { found: found.length, recordIds: found.slice(0, 256).map(({ id }) => id) },
    };
  }
}
