// How long a revocation waits under saturated writers, with either form of the lock.
import { builtLib } from './built.mjs';
import { rowLocked } from './ledger-variants.mjs';
import { startWriters } from './saturated-writers.mjs';
import { runSql, scratchDatabase } from './scratch-database.mjs';
import { quantile, spread, table } from './statistics.mjs';

const ROUNDS = 5;
const SECONDS_PER_ROUND = 8;
// Long enough that what one revocation turned back is written before the next.
const PAUSE_MS = 100;
const WRITERS = { writers: 10, callsEach: 64 };

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

const FORMS = [
  { name: 'advisory', label: 'shared / exclusive advisory lock (the product)' },
  { name: 'row', label: 'FOR SHARE on the epoch row / UPDATE' },
];

const prepare = async (urls, { name, label }) => {
  const { Database } = await builtLib('platform/db');
  const database = await scratchDatabase(urls, `bench_revocation_${name}`);
  if (name === 'row') await runSql(database.ownerUrl, rowLocked());
  const db = new Database(database.appUrl, { poolSize: 1 });
  const writers = await startWriters({ url: database.appUrl, ...WRITERS });
  const close = async () => {
    await writers.close();
    await db.$disconnect();
    await database.drop();
  };
  return { label, db, writers, close, waits: [], rounds: [] };
};

/** Revokes again and again until `busy` settles; answers how long each took, commit included. */
const revokeDuring = async (db, busy) => {
  const { bumpEpoch, transaction } = await builtLib('platform/db');
  const waits = [];
  const state = { isBusy: true };
  const done = busy.finally(() => (state.isBusy = false));
  await pause();
  while (state.isBusy) {
    const begun = performance.now();
    await transaction(db, (tx) => bumpEpoch(tx));
    waits.push(performance.now() - begun);
    await pause();
  }
  return { waits, result: await done };
};

const measureRound = async (form) => {
  const busy = form.writers.run({ isGuarded: true, seconds: SECONDS_PER_ROUND });
  const { waits, result } = await revokeDuring(form.db, busy);
  form.waits.push(...waits);
  form.rounds.push({
    rate: result.rate,
    p50: quantile(waits, 0.5),
  });
};

const row = ({ label, waits, rounds }) => [
  label,
  String(waits.length),
  spread(
    rounds.map(({ p50 }) => p50),
    1,
  ),
  quantile(waits, 0.99).toFixed(1),
  Math.max(...waits).toFixed(1),
  spread(
    rounds.map(({ rate }) => rate),
    0,
  ),
];

/** The section of docs/performance.md. */
export const revocationSection = async ({ urls }) => {
  const forms = [];
  try {
    for (const form of FORMS) forms.push(await prepare(urls, form));
    const idle = await revokeDuring(forms[0].db, new Promise((done) => setTimeout(done, 2000)));
    for (const form of forms) await form.writers.run({ isGuarded: true, seconds: 1 });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const form of forms) await measureRound(form);
      console.log(`revocation, round ${round + 1} of ${ROUNDS}`);
    }
    return `## Revocation under ten saturated writers, with both forms of the lock

The transaction of \`bumpEpoch\` (begin, lock, move the epoch, announce it, commit) from its beginning to the
answer of its commit, one after the other with ${PAUSE_MS} ms between, while ${WRITERS.writers} writers with ${WRITERS.callsEach} calls each write
without a pause; what a revocation turned back is given again under the new epoch. The second form is the
migration's own \`ledger_append\` with the lock replaced, in a database of the bench; its bump is the same (nobody
else takes the advisory lock there). Medians of ${ROUNDS} rounds of ${SECONDS_PER_ROUND} s, interleaved, in brackets the least and the
greatest; p99 and max are of all revocations. With nobody writing it takes ${quantile(idle.waits, 0.5).toFixed(1)} ms at p50.

${table(
  ['lock', 'revocations', 'p50, ms', 'p99, ms', 'max, ms', 'entries/s at the same time'],
  forms.map(row),
)}
`;
  } finally {
    for (const form of forms) await form.close();
  }
};
