import { Setup } from '#libs/directory/roles';
import type { Api } from './create-api.js';

/**
 * Prints the one-time setup code of an installation without people. On the terminal and not as a
 * line of the log: the person who started the process reads it, once, and no log level hides it.
 */
export const printSetupCode = async ({ app }: Api): Promise<void> => {
  const made = await app.get(Setup).codeForFreshInstallation();
  if (made === null) return;
  const { code, expiresAt } = made;
  process.stdout.write(
    `\nThis installation has no people yet. Sign in at the console, then enter this setup code:\n` +
      `\n    ${code}\n\n` +
      `It works once, until ${expiresAt.toISOString()}; \`gatehouse setup-code\` makes another.\n\n`,
  );
};
