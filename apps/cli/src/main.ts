import { clearInheritedConnections } from '#libs/platform/boot';
import { DomainError } from '#libs/platform/kernel';
import { Command } from 'commander';
import { verifyLocalLedger } from './audit-verify.js';
import { printEnvironment } from './env.js';
import { printDeadLetters, settleDeadLetter } from './follow-ups.js';
import { withLocalInstallation } from './local-installation.js';
import { lintPolicyFile } from './policy-lint.js';
import { acceptRecords, printRecordKey, verifyRecords } from './records.js';
import { printNewSetupCode } from './setup-code.js';
import { tokenFor, type TokenOptions } from './token-for.js';

const program = new Command('gatehouse').description(
  'The command line of the Gatehouse installation in this clone.',
);

program
  .command('token')
  .description('print a bearer token of the sandbox; the last line is the token alone')
  .option('--agent <name>', "an agent's, from the company's IdP, for example coding-agent")
  .option('--person <account>', 'one about a person, for example office@example.test')
  .option('--scim', 'a provisioning client’s')
  .action(async (options: TokenOptions) => {
    console.log(await tokenFor(options));
  });

program
  .command('env')
  .description("print the local installation's settings as shell assignments")
  .action(() =>
    withLocalInstallation((local) => Promise.resolve(console.log(printEnvironment(local)))),
  );

program
  .command('setup-code')
  .description('make the one-time code that makes the owner; it voids the one before')
  .option('--database-url <url>', 'use this database instead of DATABASE_URL or the local one')
  .action(async ({ databaseUrl }: { databaseUrl?: string }) => {
    await printNewSetupCode(databaseUrl ?? process.env['DATABASE_URL']);
  });

program
  .command('audit')
  .description('the ledger')
  .command('verify')
  .description('read every entry and name the first that was changed, removed or reordered')
  .option('--database-url <url>', 'verify this database instead of the local one')
  .action(async ({ databaseUrl }: { databaseUrl?: string }) => {
    process.exitCode = (await verifyLocalLedger(databaseUrl)) ? 0 : 1;
  });

const outbox = program.command('outbox').description('follow-ups that cannot be queued');

outbox
  .command('list')
  .description('show them with the error of the last attempt; exit status 1 if there are any')
  .option('--database-url <url>', 'of this database instead of DATABASE_URL or the local one')
  .action(async ({ databaseUrl }: { databaseUrl?: string }) => {
    const isEmpty = await printDeadLetters(databaseUrl ?? process.env['DATABASE_URL']);
    process.exitCode = isEmpty ? 0 : 1;
  });

for (const what of ['retry', 'discard'] as const)
  outbox
    .command(what)
    .description(what === 'retry' ? 'try one again' : 'give one up: what it was to do is not done')
    .argument('<id>', 'its id, as list shows it')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .option('--database-url <url>', 'of this database instead of DATABASE_URL or the local one')
    .action(async (id: string, options: { databaseUrl?: string; reason: string }) => {
      const url = options.databaseUrl ?? process.env['DATABASE_URL'];
      await settleDeadLetter(url, what, { id, reason: options.reason });
    });

const records = program
  .command('records')
  .description('the signatures of the records that gateways load');

records
  .command('key')
  .description('print the public key for RECORD_VERIFICATION_KEYS, of MASTER_KEY or the local one')
  .action(() => printRecordKey());

records
  .command('verify')
  .description('list the records that are not as they were signed')
  .option('--database-url <url>', 'use this database instead of DATABASE_URL or the local one')
  .action(async ({ databaseUrl }: { databaseUrl?: string }) => {
    process.exitCode = (await verifyRecords(databaseUrl ?? process.env['DATABASE_URL'])) ? 0 : 1;
  });

records
  .command('sign')
  .description('accept records as they are; without an id only what another accepted key signed')
  .argument('[ids...]', 'as `records verify` lists them')
  .option('--database-url <url>', 'use this database instead of DATABASE_URL or the local one')
  .action(async (ids: string[], { databaseUrl }: { databaseUrl?: string }) => {
    await acceptRecords(databaseUrl ?? process.env['DATABASE_URL'], ids);
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

clearInheritedConnections(process.env);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
