// The entry of npm start, npm test and every npm run of this clone. It runs on any Node ≥ 20.19 with
// nothing installed, brings the clone to the state that the command needs, and does it.
import { build, generateClient } from './lib/build.mjs';
import { check } from './lib/check.mjs';
import { passSignalsOn } from './lib/children.mjs';
import { explain } from './lib/failures.mjs';
import { install } from './lib/install.mjs';
import { launchStandalone, runScript } from './lib/launch.mjs';
import { alone } from './lib/lock.mjs';
import { say, seconds, ReportedError } from './lib/progress.mjs';

const COMMANDS = {
  start: { builds: true, run: launchStandalone },
  build: { builds: true, run: () => 0 },
  test: {
    builds: true,
    run: (args) => runScript('node_modules/vitest/vitest.mjs', ['run', ...args]),
  },
  check: { builds: false, run: async () => ((await check()) ? 0 : 1) },
  bench: { builds: true, run: (args) => runScript('tools/bench.mjs', args) },
};

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Gatehouse needs Node 20.19 or newer to begin with; this is ${process.versions.node}.`);
  throw new ReportedError();
}

async function main([name, ...args]) {
  const command = COMMANDS[name];
  if (!command) {
    say(`Usage: node tools/run.mjs ${Object.keys(COMMANDS).join('|')}`);
    return 2;
  }
  requireNode();
  const started = Date.now();
  await alone(async () => {
    await install();
    await generateClient();
    if (command.builds) await build();
  });
  say(`  ✓ ready (${seconds(started)})`);
  return command.run(args);
}

passSignalsOn();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const sentence = explain(error);
  if (sentence) say(sentence);
  else if (!(error instanceof ReportedError)) throw error;
  process.exitCode = error.exitCode ?? 1;
}
