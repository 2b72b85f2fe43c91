// Some ledger writers, as so many gateways have one each, kept busy for as long as they are told to.
import { randomUUID } from 'node:crypto';
import { builtLib } from './built.mjs';

const [url, writerCount, callsEach] = process.argv.slice(2);
const { CallWriter } = await builtLib('engine/ledger');

// Rejected calls: an allowed one would be remembered until its outcome, and none comes here.
const newIntent = () => ({
  type: 'call.intent',
  actor: { kind: 'agent', id: randomUUID() },
  subject: { kind: 'tool', id: randomUUID() },
  callId: randomUUID(),
  data: {
    server: 'helpdesk',
    tool: 'search_tickets',
    toolId: randomUUID(),
    definitionDigest: 'ab'.repeat(32),
    decision: 'deny',
    code: 'denied',
    rule: null,
    policyVersionId: randomUUID(),
    bindingId: randomUUID(),
    epoch: 1,
    protocol: 'rest',
  },
  payloads: { arguments: { query: 'printer', limit: 5 }, explanation: { reason: 'no rule' } },
});

const writers = Array.from({ length: Number(writerCount) }, () => ({
  writer: new CallWriter({ url, writer: 'gateway', boot: randomUUID() }),
  epoch: 0n,
}));
for (const { writer } of writers) await writer.start();

/** One call after the other; what was evaluated under an old epoch is given again under the new one. */
const callUntil = async (held, isGuarded, endMs, latencies) => {
  while (Date.now() < endMs) {
    const intent = newIntent();
    const begun = performance.now();
    for (;;) {
      const result = await held.writer.appendIntent(intent, isGuarded ? held.epoch : null);
      if (result.committed) break;
      if (result.epoch > held.epoch) held.epoch = result.epoch;
    }
    if (Date.now() < endMs) latencies.push(performance.now() - begun);
  }
};

const run = async ({ isGuarded, epoch, startMs, endMs }) => {
  const latencies = [];
  await new Promise((resolve) => setTimeout(resolve, startMs - Date.now()));
  const calls = writers.flatMap((held) => {
    held.epoch = BigInt(epoch);
    return Array.from({ length: Number(callsEach) }, () =>
      callUntil(held, isGuarded, endMs, latencies),
    );
  });
  await Promise.all(calls);
  process.send({ latencies });
};

// What it throws ends the process, and its parent notices.
process.on('message', (round) => void run(round));
process.on('disconnect', () => process.exit(0));
process.send('ready');
