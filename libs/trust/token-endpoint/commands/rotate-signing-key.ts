import { Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import type { z } from 'zod';
import { PUBLISHED_BEFORE_MS } from '../keys/key-times.js';
import { createKey, deleteKeys, lockKeys, type SigningKeyRow } from '../keys/signing-key-rows.js';
import { rotateSigningKeySchema } from '../tokens.schemas.js';

type Input = z.infer<typeof rotateSigningKeySchema>;
type Keys = { id: string; keys: SigningKeyRow[] };

/**
 * Makes a new signing key before its time. Without more, it is published first and signs an hour later.
 * When the old one may be in other hands, every key is withdrawn at once: what they signed is
 * invalid on every replica from the commit on, and the new one signs immediately.
 */
@Injectable()
export class RotateSigningKey extends command({
  name: 'rotate-signing-key',
  permission: { action: 'rotate', subject: 'SigningKey' },
  changesRights: 'registry',
  emergency: { stays: 'the key is never seen by anybody' },
  input: rotateSigningKeySchema,
  load: async ({ tx }) => ({ id: 'all', keys: await lockKeys(tx) }),
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected async run(
    ctx: CommandContext,
    { reason, compromised }: Input,
    { keys }: Keys,
  ): Promise<Change<{ id: string }>> {
    const { now } = ctx;
    if (!compromised) assertNoneIsWaiting(keys, now);
    const withdrawn = compromised ? keys : [];
    await deleteKeys(ctx, withdrawn);
    const isFirst = compromised || keys.length === 0;
    const signsFrom = isFirst ? now : new Date(now.getTime() + PUBLISHED_BEFORE_MS);
    const { id } = await createKey(ctx, this.secrets, signsFrom);
    return {
      output: { id },
      subject: { id, name: 'signing key' },
      facts: {
        compromised,
        signsFrom: signsFrom.toISOString(),
        withdrawnKeyIds: withdrawn.map((key) => key.id),
      },
      reason,
    };
  }
}

const assertNoneIsWaiting = (keys: readonly SigningKeyRow[], now: Date): void => {
  const waiting = keys.find(({ signsFrom }) => signsFrom > now);
  if (waiting === undefined) return;
  throw new DomainError(
    'conflict',
    `A new key is published already and signs from ${waiting.signsFrom.toISOString()} on. ` +
      'Wait for it; or, if a key is in other hands, rotate it as compromised.',
  );
};
