import { Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { SecretBox } from '#libs/platform/secrets';
import { z } from 'zod';
import { nextKeySigns, outlivedKeys } from '../keys/key-times.js';
import { createKey, deleteKeys, lockKeys, type SigningKeyRow } from '../keys/signing-key-rows.js';

const inputSchema = z.strictObject({});
type Input = z.infer<typeof inputSchema>;
type Keys = { id: string; keys: SigningKeyRow[] };

/** Makes the next signing key when it is time, and withdraws those whose last token has expired. */
@Injectable()
export class MaintainSigningKeys extends command({
  name: 'maintain-signing-keys',
  permission: { action: 'rotate', subject: 'SigningKey' },
  changesRights: 'registry',
  actors: 'system',
  input: inputSchema,
  load: async ({ tx }) => ({ id: 'all', keys: await lockKeys(tx) }),
})<void> {
  constructor(
    runtime: CommandRuntime,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected async run(ctx: CommandContext, _input: Input, { keys }: Keys): Promise<Change<void>> {
    const { now } = ctx;
    const outlived = outlivedKeys(keys, now);
    await deleteKeys(ctx, outlived);
    const signsFrom = nextKeySigns(keys, now);
    const made = signsFrom && (await createKey(ctx, this.secrets, signsFrom));
    return {
      output: undefined,
      subject: { id: made?.id ?? 'all', name: 'signing keys' },
      facts: {
        keyId: made?.id ?? null,
        signsFrom: made?.signsFrom.toISOString() ?? null,
        withdrawnKeyIds: outlived.map(({ id }) => id),
      },
      keepsRights: made === null && outlived.length === 0,
    };
  }
}
