import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import pg from 'pg';
import { inRoot } from '../lib/paths.mjs';
import { quantile } from './statistics.mjs';

const LEAD_MS = 200;

const answerOf = async (child) => {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`a writer process ended with ${code}`);
      }),
    ]);
  } finally {
    settled.abort();
  }
};

const readEpoch = async (connectionString) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query('SELECT value::text FROM epoch WHERE id = 1');
  await client.end();
  return rows[0].value;
};

/**
 * `writers` ledger writers with `callsEach` calls always waiting, in as many processes as there are
 * cores. They are ended, not stopped: their database goes with them.
 */
export const startWriters = async ({ url, writers, callsEach }) => {
  const processes = Math.min(availableParallelism(), writers);
  const children = Array.from({ length: processes }, (_, index) => {
    const share = Math.floor((writers + index) / processes);
    return fork(inRoot('tools/bench/writer-process.mjs'), [url, String(share), String(callsEach)]);
  });
  await Promise.all(children.map(answerOf));
  return {
    /** Keeps them busy; answers entries/s and the waits of each in ms. */
    run: async ({ isGuarded, seconds }) => {
      const epoch = await readEpoch(url);
      const startMs = Date.now() + LEAD_MS;
      const endMs = startMs + seconds * 1000;
      const answers = children.map(answerOf);
      for (const child of children) child.send({ isGuarded, epoch, startMs, endMs });
      const latencies = (await Promise.all(answers)).flatMap((answer) => answer.latencies);
      return {
        rate: latencies.length / seconds,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
      };
    },
    close: () =>
      Promise.all(
        children.map(async (child) => {
          const gone = once(child, 'exit');
          child.disconnect();
          await gone;
        }),
      ),
  };
};
