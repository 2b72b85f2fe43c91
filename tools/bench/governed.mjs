// What governing a call costs, and how much of that is the epoch guard.
import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRoot } from '../lib/paths.mjs';
import { guarded, unguarded } from './ledger-variants.mjs';
import { runSql } from './scratch-database.mjs';
import { median, ratios, spread, table } from './statistics.mjs';

const ROUNDS = 7;
const SECONDS_PER_ROUND = 4;
const GUARD_ROUNDS = 5;
const CONNECTIONS = [1, 50];
const QUERY = { query: 'printer', limit: 5 };

const path = `/tickets?query=${QUERY.query}&limit=${QUERY.limit}`;

const governedCall = ({ gatewayUrl, token }) => ({
  url: `${gatewayUrl}/v1/tool-calls`,
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ server: 'helpdesk', tool: 'search_tickets', arguments: QUERY }),
});

const measure = async (subject, connections, duration) => {
  const result = await autocannon({ ...subject, connections, duration });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${subject.url}: ${result.non2xx} were not 2xx, ${result.errors} errors`);
  }
  return {
    rate: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
};

/** Rounds of each subject, one after the other within a round: a drift of the machine meets all alike. */
const interleaved = async (names, rounds, run) => {
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await run(name, 2);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await run(name, SECONDS_PER_ROUND));
  }
  return results;
};

const rateOf = (rounds, name) => rounds[name].map(({ rate }) => rate);

const rateRow = ({ connections, rounds }) => {
  const rate = (name) => rateOf(rounds, name);
  return [
    connections,
    ...['direct', 'proxied', 'governed'].map((name) => spread(rate(name), 0)),
    spread(ratios(rate('governed'), rate('direct')), 2),
    spread(ratios(rate('governed'), rate('proxied')), 2),
  ];
};

const latencyCell = (rounds) =>
  `${median(rounds.map(({ p50 }) => p50))} / ${median(rounds.map(({ p99 }) => p99))}`;

const latencyRow = ({ connections, rounds }) => [
  connections,
  ...['direct', 'proxied', 'governed'].map((name) => latencyCell(rounds[name])),
];

/** The section of docs/performance.md on governed calls against bare ones. */
export const governedSection = async (installation) => {
  const proxy = spawn(
    process.execPath,
    [inRoot('tools/bench/bare-proxy.mjs'), installation.helpdeskUrl],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const rows = [];
  try {
    const [proxyPort] = await once(proxy.stdout.setEncoding('utf8'), 'data');
    const subjects = {
      direct: { url: `${installation.helpdeskUrl}${path}` },
      proxied: { url: `http://127.0.0.1:${proxyPort.trim()}${path}` },
      governed: governedCall(installation),
    };
    for (const connections of CONNECTIONS) {
      const rounds = await interleaved(Object.keys(subjects), ROUNDS, (name, seconds) =>
        measure(subjects[name], connections, seconds),
      );
      rows.push({ connections, rounds });
      console.log(`governed calls, ${connections} connections: done`);
    }
  } finally {
    proxy.kill();
  }
  return `## A governed REST call against the same upstream, direct and behind a bare proxy

\`POST /v1/tool-calls\` for \`helpdesk/search_tickets\` (token verified, arguments bound, policy decided, intent durable
in the ledger before the upstream sees a byte, outcome durable before the answer) against a GET of the
same tickets, and against the same GET through tools/bench/bare-proxy.mjs (node:http, keep-alive, no work).
Medians of ${ROUNDS} rounds of ${SECONDS_PER_ROUND} s, interleaved; in brackets the least and the greatest.

${table(
  [
    'connections',
    'direct, calls/s',
    'bare proxy, calls/s',
    'governed, calls/s',
    'governed / direct',
    'governed / bare proxy',
  ],
  rows.map(rateRow),
)}

Latency in ms, p50 / p99 (medians of the rounds):

${table(['connections', 'direct', 'bare proxy', 'governed'], rows.map(latencyRow))}
`;
};

/** The section on governed calls with the epoch guard and without it. */
export const governedGuardSection = async (installation) => {
  const { ownerUrl } = installation.urls;
  const forms = { guarded: guarded(), unguarded: unguarded() };
  const rows = [];
  try {
    for (const connections of CONNECTIONS) {
      const rounds = await interleaved(Object.keys(forms), GUARD_ROUNDS, async (name, seconds) => {
        await runSql(ownerUrl, forms[name]);
        return measure(governedCall(installation), connections, seconds);
      });
      rows.push([
        connections,
        spread(rateOf(rounds, 'unguarded'), 0),
        spread(rateOf(rounds, 'guarded'), 0),
        spread(ratios(rateOf(rounds, 'guarded'), rateOf(rounds, 'unguarded')), 2),
        latencyCell(rounds.unguarded),
        latencyCell(rounds.guarded),
      ]);
      console.log(`governed calls without the guard, ${connections} connections: done`);
    }
  } finally {
    await runSql(ownerUrl, forms.guarded);
  }
  return `## Governed REST calls with the epoch guard and without it

The same calls, with \`ledger_append\` in the bench's own database replaced between the rounds by one that takes
any epoch for the right one (the product has no such switch). Medians of ${GUARD_ROUNDS} rounds of ${SECONDS_PER_ROUND} s, interleaved;
latency in ms, p50 / p99.

${table(
  [
    'connections',
    'no guard, calls/s',
    'guarded, calls/s',
    'guarded / no guard',
    'latency, no guard',
    'latency, guarded',
  ],
  rows,
)}
`;
};
