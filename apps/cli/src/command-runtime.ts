import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { CommandWriter } from '#libs/engine/ledger';
import { RecordSigner } from '#libs/engine/record-signatures';
import { newId, systemClock } from '#libs/platform/kernel';
import { withDatabase } from './database.js';

/** For commands that change no record that is signed: a key that nobody trusts. */
export const signerOfNothing = (): RecordSigner => new RecordSigner(newId());

/** Runs `work` with what these commands run on, for as long as it takes. */
export const withCommandRuntime = <T>(
  url: string,
  commands: readonly CommandClass[],
  signer: RecordSigner,
  work: (runtime: CommandRuntime) => Promise<T>,
): Promise<T> =>
  withDatabase(url, async (db) => {
    const link = { url, writer: 'cli', boot: newId() } as const;
    const writer = new CommandWriter(link, [...commandNames(commands)]);
    try {
      return await work(new CommandRuntime(db, writer, systemClock, [], signer));
    } finally {
      await writer.stop();
    }
  });
