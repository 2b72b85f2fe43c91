import 'reflect-metadata';
import { prepareDatabase, runProcess } from '#libs/platform/boot';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { loadConfig, requireMasterKey } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { newId, systemClock } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { RecordSigner } from '#libs/engine/record-signatures';
import { SecretBox } from '#libs/platform/secrets';
import { collectProcessMetrics, createLogger, startTracing } from '#libs/platform/telemetry';
import { createOutbound } from '#libs/engine/upstream';
import { ACCESS_ENDED } from './access-ended.js';
import { serveProbes } from './probes.js';
import { startWorker } from './start-worker.js';
import { WORKER_COMMANDS } from './worker.commands.js';

// The worker as a process of its own. Everything it needs comes from the environment (docs/operations.md).
const start = async () => {
  startTracing();
  collectProcessMetrics();
  const config = loadConfig(process.env);
  const logger = createLogger({ level: config.logLevel, name: 'worker' });
  const { databaseUrl: url, internalPort, host } = config;
  await prepareDatabase(config, { processes: ['worker'], logger });

  const link = { url, writer: 'worker', boot: newId() } as const;
  const db = new Database(url);
  const writer = new CommandWriter(link, [...commandNames(WORKER_COMMANDS)]);
  const outbound = createOutbound({ allow: config.outboundAllow });
  const masterKey = requireMasterKey(config);
  const signer = new RecordSigner(masterKey, config.recordVerificationKeys);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    ACCESS_ENDED,
    signer,
    config.coolingOffHours,
  );
  const secrets = new SecretBox(masterKey);
  const worker = await startWorker({ config, db, runtime, outbound, secrets, link, logger });
  const probes =
    internalPort === null ? null : await serveProbes({ port: internalPort, host }, config, db);

  return async () => {
    probes?.close();
    await worker.close();
    await writer.stop();
    await outbound.close();
    await db.$disconnect();
  };
};

await runProcess(start);
