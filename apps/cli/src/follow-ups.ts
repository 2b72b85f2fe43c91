import { DiscardFollowUp, followUpCommands, RetryFollowUp } from '#libs/engine/follow-ups';
import type { Database } from '#libs/platform/db';
import { systemActor } from '#libs/platform/kernel';
import { countDeadLetters, listDeadLetters } from '#libs/platform/queue';
import { signerOfNothing, withCommandRuntime } from './command-runtime.js';
import { atDatabase, withDatabase } from './database.js';

const SHOWN = 100;

const COMMANDS = { retry: RetryFollowUp, discard: DiscardFollowUp } as const;

/** `gatehouse outbox list`: the follow-ups that cannot be queued; false when there are any. */
export const printDeadLetters = (databaseUrl: string | undefined): Promise<boolean> =>
  atDatabase(databaseUrl, (url) => withDatabase(url, print));

const print = async (db: Database): Promise<boolean> => {
  const total = await countDeadLetters(db);
  console.log(`${total} follow-ups cannot be queued.`);
  for (const letter of await listDeadLetters(db, SHOWN)) {
    const { id, name, queue, attempts, failedAt, lastError } = letter;
    console.log(`${id}  ${name} on ${queue}, ${attempts} attempts, ${failedAt.toISOString()}`);
    console.log(`    ${lastError ?? 'no error was kept'}`);
  }
  return total === 0;
};

/** `gatehouse outbox retry` and `discard`: one of them, with the reason, as an entry of the ledger. */
export const settleDeadLetter = (
  databaseUrl: string | undefined,
  what: keyof typeof COMMANDS,
  input: { id: string; reason: string },
): Promise<void> =>
  atDatabase(databaseUrl, (url) =>
    withCommandRuntime(url, followUpCommands, signerOfNothing(), async (runtime) => {
      await new COMMANDS[what](runtime).execute(systemActor('cli'), input);
      console.log(what === 'retry' ? 'The worker tries it again.' : 'It was discarded.');
    }),
  );
