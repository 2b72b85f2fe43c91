// What the epoch guard costs: group commits of intents with it and without.
import { scratchDatabase } from './scratch-database.mjs';
import { startWriters } from './saturated-writers.mjs';
import { ratios, spread, table } from './statistics.mjs';

const ROUNDS = 5;
const SECONDS_PER_ROUND = 2;
const SETTINGS = [
  { writers: 1, callsEach: 64 },
  { writers: 10, callsEach: 64 },
  { writers: 64, callsEach: 10 },
];

const measure = async (urls, setting, index) => {
  const database = await scratchDatabase(urls, `bench_guard_${index}`);
  const writers = await startWriters({ url: database.appUrl, ...setting });
  const rounds = { guarded: [], bare: [] };
  try {
    for (const isGuarded of [true, false]) await writers.run({ isGuarded, seconds: 1 });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['guarded', 'bare']) {
        const isGuarded = name === 'guarded';
        rounds[name].push(await writers.run({ isGuarded, seconds: SECONDS_PER_ROUND }));
      }
    }
  } finally {
    await writers.close();
    await database.drop();
  }
  console.log(`guard, ${setting.writers} writers: done`);
  return { ...setting, rounds };
};

const row = ({ writers, callsEach, rounds }) => {
  const of = (name, field) => rounds[name].map((round) => round[field]);
  const ratio = (field) => ratios(of('guarded', field), of('bare', field));
  return [
    `${writers} × ${callsEach}`,
    spread(of('bare', 'rate'), 0),
    spread(of('guarded', 'rate'), 0),
    spread(ratio('rate'), 2),
    `${spread(of('bare', 'p50'), 1)} / ${spread(of('bare', 'p99'), 1)}`,
    `${spread(of('guarded', 'p50'), 1)} / ${spread(of('guarded', 'p99'), 1)}`,
    spread(ratio('p50'), 2),
  ];
};

/** The section of docs/performance.md. */
export const guardSection = async ({ urls }) => {
  const rows = [];
  for (const [index, setting] of SETTINGS.entries())
    rows.push(row(await measure(urls, setting, index)));
  return `## The epoch guard: group commits of intents with it and without

\`CallWriter.appendIntent\` on \`ledger_append\`, the same entries with the epoch they were evaluated under (lock
shared, read the row, compare, insert) and with none. Writers are as many gateways, in one process for each
core; each has so many calls waiting at every moment. Nobody revokes. Medians of ${ROUNDS} rounds of
${SECONDS_PER_ROUND} s, interleaved; in brackets the least and the greatest. Waits in ms, p50 / p99.

${table(
  [
    'writers × calls waiting',
    'no guard, entries/s',
    'guarded, entries/s',
    'guarded / no guard',
    'wait, no guard',
    'wait, guarded',
    'wait p50, guarded / no guard',
  ],
  rows,
)}
`;
};
