import { command, type Change, type CommandContext } from '#libs/engine/commands';
import { signRecords, type UnverifiedRecord } from '#libs/engine/record-signatures';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';

const inputSchema = z.strictObject({ recordIds: z.array(idSchema).max(10_000) });

/** The records that are signed now. */
interface Accepted {
  signed: UnverifiedRecord[];
}

/**
 * Signs records by the decision of the person who holds `MASTER_KEY`: those that were signed with another accepted key
 * and, of those that do not verify, the ones that are named, as they are now. For the command line.
 */
export class AcceptRecords extends command({
  name: 'accept-records',
  permission: { action: 'verify', subject: 'LedgerEntry' },
  changesRights: true,
  creates: true,
  actors: 'system',
  input: inputSchema,
  load: () => ({ id: 'all' }),
})<Accepted> {
  protected async run(
    { tx, now, actor }: CommandContext,
    { recordIds }: z.infer<typeof inputSchema>,
  ): Promise<Change<Accepted>> {
    const { signer } = this.runtime;
    const named = new Set(recordIds);
    const signed = await signRecords(tx, signer, { actor, entryId: null, now }, ({ id }) =>
      named.has(id),
    );
    return {
      output: { signed },
      subject: { id: 'all', name: 'records' },
      facts: { signed: signed.length, recordIds: signed.slice(0, 256).map(({ id }) => id) },
      keepsRights: signed.length === 0,
    };
  }
}
