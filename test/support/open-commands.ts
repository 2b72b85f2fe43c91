import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { asProcess, TEST_MASTER_KEY } from '#libs/dev/testing';
import { RecordSigner } from '#libs/engine/record-signatures';
import {
  commandNames,
  CommandRuntime,
  type AnyCommand,
  type CommandClass,
} from '#libs/engine/commands';
import { CommandWriter } from '#libs/engine/ledger';
import { createOutbound, OUTBOUND } from '#libs/engine/upstream';
import { readRights } from '#libs/governance/policies';
import { CONFIG } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { newId, systemClock } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import { ACCESS_ENDED, API_COMMANDS } from '../../apps/api/src/index.js';
import { WORKER_COMMANDS } from '../../apps/worker/src/index.js';
import { MaintainSigningKeys } from '../../libs/trust/token-endpoint/commands/maintain-signing-keys.js';
import { SigningKeys } from '../../libs/trust/token-endpoint/keys/signing-keys.js';

/** Every command, as the processes have them, on one database. */
export interface OpenCommands {
  /** Of a test: with the rights of every process. */
  db: Database;
  /** Signs what they change. */
  signer: RecordSigner;
  /** A command, with the rights of the api, or, as that has it not, with those of all processes. */
  make(name: string): AnyCommand;
  /** One of the worker's, with its rights. */
  makeForWorker(name: string): AnyCommand;
  close(): Promise<void>;
}

const CONFIGURATION = {
  publicUrl: 'https://gate.test',
  gateway: { audience: 'https://gate.test' },
};

class Installation {}

type Over = Partial<Pick<CommandRuntime, 'writer' | 'clock'>>;

/** Opens them on a database, in processes that have the rights of the api, of the worker and of both; `over` replaces parts of what they run on. */
export const openCommands = async (
  appUrl: string,
  commands: readonly CommandClass[],
  over: Over = {},
): Promise<OpenCommands> => {
  const db = new Database(appUrl);
  const signer = new RecordSigner(TEST_MASTER_KEY);
  const isOf = (those: readonly CommandClass[]) => (command: CommandClass) =>
    those.includes(command);
  const [api, worker, both] = await Promise.all([
    openProcess(asProcess('api', appUrl), commands.filter(isOf(API_COMMANDS)), signer, over),
    openProcess(asProcess('worker', appUrl), commands.filter(isOf(WORKER_COMMANDS)), signer, over),
    openProcess(appUrl, commands, signer, over),
  ]);
  const find = (name: string): CommandClass => {
    const found = commands.find(({ spec }) => spec.name === name);
    if (found === undefined) throw new Error(`no command ${name}`);
    return found;
  };
  return {
    db,
    signer,
    make: (name) => {
      const found = find(name);
      return (isOf(API_COMMANDS)(found) ? api : both).app.get<AnyCommand>(found);
    },
    makeForWorker: (name) => worker.app.get<AnyCommand>(find(name)),
    close: async () => {
      for (const process of [api, worker, both]) await process.close();
      await db.$disconnect();
    },
  };
};

const openProcess = async (
  url: string,
  commands: readonly CommandClass[],
  signer: RecordSigner,
  over: Over,
) => {
  const db = new Database(url);
  const writer = new CommandWriter({ url, writer: 'api', boot: newId() }, [
    ...commandNames(commands),
  ]);
  const secrets = new SecretBox('a master key for specs, and for nothing else');
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const runtime = new CommandRuntime(
    db,
    over.writer ?? writer,
    over.clock ?? systemClock,
    ACCESS_ENDED,
    signer,
    24,
    secrets,
    readRights,
  );
  const providers = [
    // The keys of tokens take this command wherever they are.
    ...new Set([...commands, MaintainSigningKeys]),
    SigningKeys,
    { provide: Database, useValue: db },
    { provide: CommandRuntime, useValue: runtime },
    { provide: OUTBOUND, useValue: outbound },
    { provide: SecretBox, useValue: secrets },
    { provide: CONFIG, useValue: CONFIGURATION },
  ];
  const app = await NestFactory.createApplicationContext(
    { module: Installation, providers },
    { logger: false, abortOnError: false },
  );
  const close = async () => {
    await app.close();
    await writer.stop();
    await outbound.close();
    await db.$disconnect();
  };
  return { app, close };
};
