import { Injectable } from '@nestjs/common';
import {
  Command,
  CommandRuntime,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { SecretBox } from '#libs/platform/secrets';
import { z } from 'zod';
import { nextKeySigns, outlivedKeys } from '../keys/key-times.js';
import { createKey, deleteKeys, lockKeys, type SigningKeyRow } from '../keys/signing-key-rows.js';

const inputSchema = z.strictObject({});
type Input = z.infer<typeof inputSchema>;
type Keys = { id: string; keys: SigningKeyRow[] };

/** Makes the next signing key when it is time, and withdraws those whose last token has expired. */
@Injectable()
export class MaintainSigningKeys extends Command<Input, void, 'SigningKey', Keys> {
  static readonly traits = {
    name: 'maintain-signing-keys',
    permission: { action: 'rotate', subject: 'SigningKey' },
    changesRights: 'registry',
    creates: false,
    actors: 'system',
  } as const satisfies CommandTraits<'SigningKey'>;

  readonly traits = MaintainSigningKeys.traits;
  readonly input = inputSchema;

  constructor(
    runtime: CommandRuntime,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected subjectId(): null {
    return null;
  }

  protected async load({ tx }: CommandContext): Promise<Keys> {
    return { id: 'all', keys: await lockKeys(tx) };
  }

  protected async run(
    { tx, now }: CommandContext,
    _input: Input,
    { keys }: Keys,
  ): Promise<Change<void>> {
    const outlived = outlivedKeys(keys, now);
    await deleteKeys(tx, outlived);
    const signsFrom = nextKeySigns(keys, now);
    const made = signsFrom && (await createKey(tx, this.secrets, { now, signsFrom }));
    return {
      output: undefined,
      subject: { id: made?.id ?? 'all', name: 'signing keys' },
      facts: {
        keyId: made?.id ?? null,
        signsFrom: made?.signsFrom.toISOString() ?? null,
        withdrawn: outlived.map(({ id }) => id),
      },
      keepsRights: made === null && outlived.length === 0,
    };
  }
}
