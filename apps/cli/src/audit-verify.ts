import { verifyLedger, type LedgerProblem, type VerificationReport } from '#libs/engine/ledger';
import { atDatabase } from './database.js';

const PROBLEMS_SHOWN = 20;
const PROGRESS_EVERY_ENTRIES = 100_000;

const place = ({ chain, seq, id }: LedgerProblem): string =>
  [chain && `chain ${chain}`, seq !== null && `sequence ${seq}`, id && `entry ${id}`]
    .filter(Boolean)
    .join(', ');

const describe = (problem: LedgerProblem): string =>
  `${problem.kind}: ${place(problem)}\n    ${problem.detail}`;

const print = (report: VerificationReport): void => {
  const { entries, chains, payloads, durationMs, problems, problemCount } = report;
  console.log(
    `Read ${entries} entries in ${chains} chains and ${payloads} payloads in ${durationMs} ms.`,
  );
  if (report.firstProblem) {
    console.log(
      `\nThe ledger was tampered with. The first place is\n  ${describe(report.firstProblem)}`,
    );
    const others = problems.slice(1, PROBLEMS_SHOWN);
    if (others.length > 0) console.log(`\nAlso (${problemCount - 1} more in all):`);
    for (const problem of others) console.log(`  ${describe(problem)}`);
  } else {
    console.log('No entry was changed, removed, put in or reordered.');
  }
  console.log('\nThis verification cannot prove');
  for (const sentence of report.cannotProve) console.log(`  - ${sentence}`);
};

const verify = async (url: string): Promise<boolean> => {
  let told = 0;
  const report = await verifyLedger(url, {
    onProgress: ({ entries }) => {
      if (entries - told < PROGRESS_EVERY_ENTRIES) return;
      told = entries;
      console.error(`${entries} entries read …`);
    },
  });
  print(report);
  return report.ok;
};

/** `gatehouse audit verify`: true when nothing was found; prints what was, and what it cannot prove. */
export const verifyLocalLedger = (databaseUrl: string | undefined): Promise<boolean> =>
  atDatabase(databaseUrl, verify);
