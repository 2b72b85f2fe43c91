import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { prepareDatabase, runProcess } from '#libs/platform/boot';
import {
  assertNoMasterKey,
  loadConfig,
  requireRecordVerificationKeys,
} from '#libs/platform/config';
import { createBoundedServer } from '#libs/platform/listen';
import { newId } from '#libs/platform/kernel';
import { collectProcessMetrics, createLogger, startTracing } from '#libs/platform/telemetry';
import { createGateway } from './create-gateway.js';
import { createProbeHandler, isProbe } from './probes.js';

const start = async () => {
  const config = loadConfig(process.env);
  const logger = createLogger({ level: config.logLevel, name: 'gateway' });
  assertNoMasterKey(config);
  const recordKeys = requireRecordVerificationKeys(config);
  startTracing();
  collectProcessMetrics();
  await prepareDatabase(config, { processes: ['gateway'], logger });
  const version = readVersion();
  const gateway = await createGateway({
    config,
    recordKeys,
    logger,
    writer: 'gateway',
    boot: newId(),
    version,
  });
  const probe = createProbeHandler({ snapshots: gateway.snapshots });
  const { internalPort } = config;
  const servers = [
    await listen(
      createBoundedServer((request, response) => {
        // Without a port of their own, the probes are served here.
        if (internalPort === null && isProbe(request.url)) probe(request, response);
        else gateway.handler(request, response);
      }),
      config.port,
      config.host,
    ),
    ...(internalPort === null
      ? []
      : [await listen(createBoundedServer(probe), internalPort, config.host)]),
  ];
  logger.info({ host: config.host, port: config.port }, 'the gateway is listening');
  return async () => {
    for (const server of servers) server.close();
    await gateway.close();
    for (const server of servers) server.closeAllConnections();
  };
};

const listen = async (server: Server, port: number, host: string): Promise<Server> => {
  server.listen(port, host);
  await once(server, 'listening');
  return server;
};

const readVersion = (): string => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return version;
};

await runProcess(start);
