import { DomainError } from '#libs/kernel';
import { Command } from 'commander';
import { verifyLocalLedger } from './audit-verify.js';
import { printEnvironment } from './env.js';
import { withLocalInstallation } from './local-installation.js';
import { lintPolicyFile } from './policy-lint.js';
import { agentToken } from './token.js';

const program = new Command('gatehouse').description(
  'The command line of the Gatehouse installation in this clone.',
);

program
  .command('token')
  .description("print a bearer token of the sandbox's IdP; the last line is the token alone")
  .requiredOption('--agent <name>', 'the agent, for example coding-agent')
  .action(async ({ agent }: { agent: string }) => {
    console.log(await agentToken(agent));
  });

program
  .command('env')
  .description("print the local installation's settings as shell assignments")
  .action(() =>
    withLocalInstallation((local) => Promise.resolve(console.log(printEnvironment(local)))),
  );

program
  .command('audit')
  .description('the ledger')
  .command('verify')
  .description('read every entry and name the first that was changed, removed or reordered')
  .option('--database-url <url>', 'verify this database instead of the local one')
  .action(async ({ databaseUrl }: { databaseUrl?: string }) => {
    process.exitCode = (await verifyLocalLedger(databaseUrl)) ? 0 : 1;
  });

program
  .command('policy')
  .description('policies')
  .command('lint')
  .description("check a policy's text")
  .argument('<file>', 'the YAML file')
  .action((file: string) => {
    process.exitCode = lintPolicyFile(file) ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
