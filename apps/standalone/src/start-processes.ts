import { ACCESS_ENDED, API_COMMANDS, createApi, type Api } from '../../api/src/index.js';
import { createGateway, type GatewayHandler } from '../../gateway/src/index.js';
import { startWorker, WORKER_COMMANDS } from '../../worker/src/index.js';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { readRights } from '#libs/governance/policies';
import { requireMasterKey, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { newId, systemClock } from '#libs/platform/kernel';
import { CommandWriter, RejectionCounter } from '#libs/engine/ledger';
import { RecordSigner } from '#libs/engine/record-signatures';
import { SecretBox } from '#libs/platform/secrets';
import type { Logger } from '#libs/platform/telemetry';
import { createOutbound } from '#libs/engine/upstream';
import { Stack } from './stack.js';

/** The three processes of a real installation, in this one. */
export interface Processes {
  api: Api;
  gateway: GatewayHandler;
  close(): Promise<void>;
}

/** Starts worker, API and gateway as they would start alone, on one ledger writer each. */
export const startProcesses = async (options: {
  config: Config;
  logger: Logger;
  version: string;
  consoleDir: string;
}): Promise<Processes> => {
  const { config, logger, version, consoleDir } = options;
  const stack = new Stack();
  try {
    const boot = newId();
    const link = { url: config.databaseUrl, writer: 'standalone', boot } as const;
    const db = stack.add(new Database(config.databaseUrl), (it) => it.$disconnect());
    const names = [...commandNames([...API_COMMANDS, ...WORKER_COMMANDS])];
    const writer = stack.add(new CommandWriter(link, names), (it) => it.stop());
    const rejections = stack.add(new RejectionCounter(link), (it) => it.stop());
    const outbound = stack.add(createOutbound({ allow: config.outboundAllow }), (it) => it.close());
    const masterKey = requireMasterKey(config);
    const signer = new RecordSigner(masterKey, config.recordVerificationKeys);
    const secrets = new SecretBox(masterKey);
    const runtime = new CommandRuntime(
      db,
      writer,
      systemClock,
      ACCESS_ENDED,
      signer,
      config.coolingOffHours,
      secrets,
      readRights,
    );
    const worker = await startWorker({ config, logger, db, runtime, outbound, secrets, link });
    stack.add(worker, (it) => it.close());
    const deps = { config, db, runtime, rejections, outbound, secrets, logger, consoleDir };
    const api = stack.add(await createApi(deps), (it) => it.close());
    const own = { writer: 'standalone', boot, version } as const;
    const recordKeys = [signer.publicKey, ...config.recordVerificationKeys];
    const gateway = stack.add(await createGateway({ config, recordKeys, logger, ...own }), (it) =>
      it.close(),
    );
    return { api, gateway: gateway.handler, close: () => stack.close() };
  } catch (error) {
    await stack.close();
    throw error;
  }
};
