import { MakeSetupCode, setupCommands } from '#libs/directory/roles';
import { systemActor } from '#libs/platform/kernel';
import { signerOfNothing, withCommandRuntime } from './command-runtime.js';
import { atDatabase } from './database.js';

/** `gatehouse setup-code`: the last line is the code alone. */
export const printNewSetupCode = (databaseUrl: string | undefined): Promise<void> =>
  atDatabase(databaseUrl, (url) =>
    withCommandRuntime(url, setupCommands, signerOfNothing(), async (runtime) => {
      const command = new MakeSetupCode(runtime);
      const { code, expiresAt } = await command.execute(systemActor('cli'), { keepValid: false });
      console.log('Sign in at the console, then enter this code on its setup page.');
      console.log(`It works once, until ${expiresAt.toISOString()}; any older code is void.`);
      console.log(code);
    }),
  );
