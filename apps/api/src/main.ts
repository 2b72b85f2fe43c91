import { resolve } from 'node:path';
import { prepareDatabase, runProcess } from '#libs/platform/boot';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { readRights } from '#libs/governance/policies';
import { loadConfig, requireMasterKey } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { createBoundedServer } from '#libs/platform/listen';
import { newId, systemClock } from '#libs/platform/kernel';
import { CommandWriter, RejectionCounter } from '#libs/engine/ledger';
import { RecordSigner } from '#libs/engine/record-signatures';
import { SecretBox } from '#libs/platform/secrets';
import { collectProcessMetrics, createLogger, startTracing } from '#libs/platform/telemetry';
import { createOutbound } from '#libs/engine/upstream';
import { ACCESS_ENDED } from './access-ended.js';
import { API_COMMANDS } from './api.commands.js';
import { createApi } from './create-api.js';
import { printSetupCode } from './print-setup-code.js';
import { serveMetrics } from './metrics.js';

// The API as a process of its own. Everything it needs comes from the environment (docs/operations.md).
const GRACE_MS = 10_000;

const start = async () => {
  startTracing();
  collectProcessMetrics();
  const config = loadConfig(process.env);
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  const { databaseUrl: url } = config;
  await prepareDatabase(config, { processes: ['api'], logger });

  const link = { url, writer: 'api', boot: newId() } as const;
  const db = new Database(url);
  const writer = new CommandWriter(link, [...commandNames(API_COMMANDS)]);
  const rejections = new RejectionCounter(link);
  const outbound = createOutbound({ allow: config.outboundAllow });
  const masterKey = requireMasterKey(config);
  const secrets = new SecretBox(masterKey);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    ACCESS_ENDED,
    new RecordSigner(masterKey, config.recordVerificationKeys),
    config.coolingOffHours,
    secrets,
    readRights,
  );
  const api = await createApi({
    config,
    db,
    runtime,
    rejections,
    outbound,
    secrets,
    logger,
    consoleDir: resolve('apps/console/dist'),
  });
  await printSetupCode(api);
  const server = createBoundedServer(api.handler);
  const internal =
    config.internalPort === null ? null : await serveMetrics(config.internalPort, config.host);
  server.listen(config.port, config.host, () =>
    logger.info({ host: config.host, port: config.port }, 'the API listens'),
  );

  return async () => {
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    internal?.close();
    await new Promise((closed) => {
      server.close(closed);
      server.closeIdleConnections();
    });
    await api.close();
    await writer.stop();
    await rejections.stop();
    await outbound.close();
    await db.$disconnect();
  };
};

await runProcess(start);
