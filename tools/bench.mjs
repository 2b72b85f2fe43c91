// `npm run bench`: what governing a call costs, as ratios within one run, and docs/performance.md.
import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { startInstallation } from './bench/installation.mjs';
import { median, spread } from './bench/statistics.mjs';

const ROUNDS = 7;
const SECONDS_PER_ROUND = 4;
const CONNECTIONS = [1, 50];
const QUERY = { query: 'printer', limit: 5 };

const installation = await startInstallation();
const proxy = spawn(process.execPath, ['tools/bench/bare-proxy.mjs', installation.helpdeskUrl], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [proxyPort] = await once(proxy.stdout.setEncoding('utf8'), 'data');

const path = `/tickets?query=${QUERY.query}&limit=${QUERY.limit}`;
const subjects = {
  direct: { url: `${installation.helpdeskUrl}${path}` },
  proxied: { url: `http://127.0.0.1:${proxyPort.trim()}${path}` },
  governed: {
    url: `${installation.gatewayUrl}/v1/tool-calls`,
    method: 'POST',
    headers: {
      authorization: `Bearer ${installation.token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ server: 'helpdesk', tool: 'search_tickets', arguments: QUERY }),
  },
};

const measure = async (name, connections, duration) => {
  const result = await autocannon({ ...subjects[name], connections, duration });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${name}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  }
  return {
    rate: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
};

const rows = [];
try {
  for (const connections of CONNECTIONS) {
    const rounds = { direct: [], proxied: [], governed: [] };
    for (const name of Object.keys(subjects)) await measure(name, connections, 2);
    for (let round = 0; round < ROUNDS; round += 1) {
      // One after the other within a round, so that a drift of the machine meets all three alike.
      for (const name of Object.keys(subjects)) {
        rounds[name].push(await measure(name, connections, SECONDS_PER_ROUND));
      }
      console.log(`${connections} connections, round ${round + 1} of ${ROUNDS}`);
    }
    const rate = (name) => rounds[name].map((round) => round.rate);
    const ratio = (over) => rate('governed').map((value, index) => value / rate(over)[index]);
    rows.push({
      connections,
      rate,
      ratioDirect: ratio('direct'),
      ratioProxied: ratio('proxied'),
      rounds,
    });
  }
} finally {
  proxy.kill();
  await installation.close();
}

const rateLine = (row) =>
  `| ${row.connections} | ${spread(row.rate('direct'), 0)} | ${spread(row.rate('proxied'), 0)} | ${spread(row.rate('governed'), 0)} | ${spread(row.ratioDirect, 2)} | ${spread(row.ratioProxied, 2)} |`;
const latencyLine = (row) => {
  const cell = (name) =>
    `${median(row.rounds[name].map((round) => round.p50))} / ${median(row.rounds[name].map((round) => round.p99))}`;
  return `| ${row.connections} | ${cell('direct')} | ${cell('proxied')} | ${cell('governed')} |`;
};

writeFileSync(
  'docs/performance.md',
  `# Performance

Written by \`npm run bench\`. Ratios within one run hold; absolute figures belong to the machine of the
day (${cpus().length} cores, Node ${process.version}, load generator, upstream, gateway and PostgreSQL all on it).

## A governed REST call against the same upstream, direct and behind a bare proxy

\`POST /v1/tool-calls\` for \`helpdesk/search_tickets\` (token verified, arguments bound, policy decided, intent durable
in the ledger before the upstream sees a byte, outcome durable before the answer) against a GET of the
same tickets, and against the same GET through tools/bench/bare-proxy.mjs (node:http, keep-alive, no work).
Medians of ${ROUNDS} rounds of ${SECONDS_PER_ROUND} s, interleaved; in brackets the least and the greatest.

| connections | direct, calls/s | bare proxy, calls/s | governed, calls/s | governed / direct | governed / bare proxy |
|---|---|---|---|---|---|
${rows.map(rateLine).join('\n')}

Latency in ms, p50 / p99 (medians of the rounds):

| connections | direct | bare proxy | governed |
|---|---|---|---|
${rows.map(latencyLine).join('\n')}
`,
);
console.log('wrote docs/performance.md');
