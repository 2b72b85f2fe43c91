import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { TEST_MASTER_KEY } from '#libs/dev/testing';
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
import { ACCESS_ENDED } from '../../apps/api/src/index.js';
import { SigningKeys } from '../../libs/trust/token-endpoint/keys/signing-keys.js';

/** Every command, as the processes have them, on one database. */
export interface OpenCommands {
  db: Database;
  /** Signs what they change. */
  signer: RecordSigner;
  make(name: string): AnyCommand;
  close(): Promise<void>;
}

const CONFIGURATION = {
  publicUrl: 'https://gate.test',
  gateway: { audience: 'https://gate.test' },
};

class Installation {}

/** Opens them on a database; `over` replaces parts of what they run on. */
export const openCommands = async (
  appUrl: string,
  commands: readonly CommandClass[],
  over: Partial<Pick<CommandRuntime, 'writer' | 'clock'>> = {},
): Promise<OpenCommands> => {
  const db = new Database(appUrl);
  const link = { url: appUrl, writer: 'api' as const, boot: newId() };
  const writer = new CommandWriter(link, [...commandNames(commands)]);
  const signer = new RecordSigner(TEST_MASTER_KEY);
  const secrets = new SecretBox('a master key for specs, and for nothing else');
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const providers = [
    ...commands,
    SigningKeys,
    { provide: Database, useValue: db },
    {
      provide: CommandRuntime,
      useValue: new CommandRuntime(
        db,
        over.writer ?? writer,
        over.clock ?? systemClock,
        ACCESS_ENDED,
        signer,
        24,
        secrets,
        readRights,
      ),
    },
    { provide: OUTBOUND, useValue: outbound },
    { provide: SecretBox, useValue: secrets },
    { provide: CONFIG, useValue: CONFIGURATION },
  ];
  const app = await NestFactory.createApplicationContext(
    { module: Installation, providers },
    { logger: false, abortOnError: false },
  );
  return {
    db,
    signer,
    make: (name) => {
      const found = commands.find(({ spec }) => spec.name === name);
      if (found === undefined) throw new Error(`no command ${name}`);
      return app.get<AnyCommand>(found);
    },
    close: async () => {
      await app.close();
      await writer.stop();
      await outbound.close();
      await db.$disconnect();
    },
  };
};
