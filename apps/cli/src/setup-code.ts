import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemActor, systemClock } from '#libs/platform/kernel';
import { RecordSigner } from '#libs/engine/record-signatures';
import { CommandWriter } from '#libs/engine/ledger';
import { MakeSetupCode, setupCommands } from '#libs/directory/roles';
import { withLocalInstallation } from './local-installation.js';

/** `gatehouse setup-code`: the last line is the code alone. */
export const printNewSetupCode = (databaseUrl: string | undefined): Promise<void> =>
  databaseUrl
    ? makeAndPrint(databaseUrl)
    : withLocalInstallation(({ urls }) => makeAndPrint(urls.applicationUrl));

// It changes no record that is signed, so a key that nobody trusts will do.
const makeAndPrint = async (url: string): Promise<void> => {
  const db = new Database(url);
  const link = { url, writer: 'cli', boot: newId() } as const;
  const writer = new CommandWriter(link, [...commandNames(setupCommands)]);
  try {
    const command = new MakeSetupCode(
      new CommandRuntime(db, writer, systemClock, [], new RecordSigner(newId())),
    );
    const { code, expiresAt } = await command.execute(systemActor('cli'), { keepValid: false });
    console.log('Sign in at the console, then enter this code on its setup page.');
    console.log(`It works once, until ${expiresAt.toISOString()}; any older code is void.`);
    console.log(code);
  } finally {
    await writer.stop();
    await db.$disconnect();
  }
};
