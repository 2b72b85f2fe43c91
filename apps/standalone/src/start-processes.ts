import { ACCESS_ENDED, API_COMMANDS, createApi, type Api } from '../../api/src/index.js';
import { createGateway, type GatewayHandler } from '../../gateway/src/index.js';
import { startWorker, WORKER_COMMANDS } from '../../worker/src/index.js';
import { commandNames, CommandRuntime, type CommandClass } from '#libs/engine/commands';
import { readRights } from '#libs/governance/policies';
import { requireMasterKey, type Config } from '#libs/platform/config';
import { Database, type ProcessName } from '#libs/platform/db';
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

interface Options {
  config: Config;
  /** The database, as the role of each. */
  databaseUrls: Readonly<Record<ProcessName, string>>;
  logger: Logger;
  version: string;
  consoleDir: string;
}

/** Starts worker, API and gateway as they would start alone: with connections and ledger writers of their own. */
export const startProcesses = async (options: Options): Promise<Processes> => {
  const { config, databaseUrls, logger, version, consoleDir } = options;
  const stack = new Stack();
  try {
    const own = { writer: 'standalone', boot: newId() } as const;
    const outbound = stack.add(createOutbound({ allow: config.outboundAllow }), (it) => it.close());
    const masterKey = requireMasterKey(config);
    const signer = new RecordSigner(masterKey, config.recordVerificationKeys);
    const secrets = new SecretBox(masterKey);
    const on = (name: ProcessName, commands: readonly CommandClass[]) => {
      const link = { ...own, url: databaseUrls[name] };
      const db = stack.add(new Database(link.url), (it) => it.$disconnect());
      const writer = stack.add(new CommandWriter(link, [...commandNames(commands)]), (it) =>
        it.stop(),
      );
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
      const common = { config: { ...config, databaseUrl: link.url }, outbound, secrets, logger };
      return { ...common, db, runtime, link };
    };
    stack.add(await startWorker(on('worker', WORKER_COMMANDS)), (it) => it.close());
    const { link, ...deps } = on('api', API_COMMANDS);
    const rejections = stack.add(new RejectionCounter(link), (it) => it.stop());
    const api = stack.add(await createApi({ ...deps, rejections, consoleDir }), (it) => it.close());
    const gateway = await createGateway({
      ...own,
      config: { ...config, databaseUrl: databaseUrls.gateway },
      recordKeys: [signer.publicKey, ...config.recordVerificationKeys],
      logger,
      version,
    });
    stack.add(gateway, (it) => it.close());
    return { api, gateway: gateway.handler, close: () => stack.close() };
  } catch (error) {
    await stack.close();
    throw error;
  }
};
