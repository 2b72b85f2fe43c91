import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { z } from 'zod';

const count = z.int().min(0);
const inputSchema = z.strictObject({
  ok: z.boolean(),
  chains: count,
  entries: count,
  payloads: count,
  problems: count,
  durationMs: count,
  /** What was found first, and where. */
  firstKind: z.string().max(64).nullable(),
  firstEntryId: z.string().max(64).nullable(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Writes into the ledger that somebody had it verified and what was found. The verification itself ran
 * before: it reads the whole ledger and must not hold a transaction open.
 */
@Injectable()
export class RecordVerification extends Command<Input, null, 'LedgerEntry'> {
  static readonly traits = {
    name: 'verify-ledger',
    permission: { action: 'verify', subject: 'LedgerEntry' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'LedgerEntry'>;

  readonly traits = RecordVerification.traits;
  readonly input = inputSchema;

  protected subjectId(): string {
    return WHOLE_LEDGER;
  }

  protected load() {
    return Promise.resolve({ id: WHOLE_LEDGER });
  }

  protected run(_ctx: CommandContext, input: Input): Promise<Change<null>> {
    const subject = { id: WHOLE_LEDGER, name: 'the whole ledger' };
    return Promise.resolve({ output: null, subject, facts: { ...input } });
  }
}

const WHOLE_LEDGER = 'all';
