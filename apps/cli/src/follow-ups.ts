import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { DiscardFollowUp, followUpCommands, RetryFollowUp } from '#libs/engine/follow-ups';
import { CommandWriter } from '#libs/engine/ledger';
import { RecordSigner } from '#libs/engine/record-signatures';
import { Database } from '#libs/platform/db';
import { newId, systemActor, systemClock } from '#libs/platform/kernel';
import { countDeadLetters, listDeadLetters } from '#libs/platform/queue';
import { withLocalInstallation } from './local-installation.js';

const SHOWN = 100;

const COMMANDS = { retry: RetryFollowUp, discard: DiscardFollowUp } as const;

type Url = string | undefined;

/** `gatehouse outbox list`: the follow-ups that cannot be queued; false when there are any. */
export const printDeadLetters = (url: Url): Promise<boolean> => onDatabase(url, print);

/** `gatehouse outbox retry` and `discard`: one of them, with the reason, as an entry of the ledger. */
export const settleDeadLetter = (
  url: Url,
  what: keyof typeof COMMANDS,
  input: { id: string; reason: string },
): Promise<void> => onDatabase(url, (found) => settle(found, what, input));

const onDatabase = <T>(url: Url, work: (url: string) => Promise<T>): Promise<T> =>
  url ? work(url) : withLocalInstallation(({ urls }) => work(urls.applicationUrl));

const print = async (url: string): Promise<boolean> => {
  const db = new Database(url);
  try {
    const total = await countDeadLetters(db);
    console.log(`${total} follow-ups cannot be queued.`);
    for (const letter of await listDeadLetters(db, SHOWN)) {
      const { id, name, queue, attempts, failedAt, lastError } = letter;
      console.log(`${id}  ${name} on ${queue}, ${attempts} attempts, ${failedAt.toISOString()}`);
      console.log(`    ${lastError ?? 'no error was kept'}`);
    }
    return total === 0;
  } finally {
    await db.$disconnect();
  }
};

const settle = async (
  url: string,
  what: keyof typeof COMMANDS,
  input: { id: string; reason: string },
): Promise<void> => {
  const db = new Database(url);
  const link = { url, writer: 'cli', boot: newId() } as const;
  const writer = new CommandWriter(link, [...commandNames(followUpCommands)]);
  try {
    // It changes no record that is signed, so a key that nobody trusts will do.
    const runtime = new CommandRuntime(db, writer, systemClock, [], new RecordSigner(newId()));
    const command = new COMMANDS[what](runtime);
    await command.execute(systemActor('cli'), input);
    console.log(what === 'retry' ? 'The worker tries it again.' : 'It was discarded.');
  } finally {
    await writer.stop();
    await db.$disconnect();
  }
};
