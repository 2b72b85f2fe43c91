import { Inject, Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { tokenDigest } from '#libs/trust/authorization-liveness';
import { CONFIG, type Config } from '#libs/platform/config';
import { DAY_MS, DomainError, SECOND_MS } from '#libs/platform/kernel';
import { MAX_CLOCK_TOLERANCE_SECONDS } from '#libs/trust/token-verification';
import type { z } from 'zod';
import { nameToken, type RevocableToken } from '../revocable-token.js';
import { revokeAccessTokenSchema, type revokedTokenSchema } from '../tokens.schemas.js';

type Input = z.infer<typeof revokeAccessTokenSchema>;
type Output = z.infer<typeof revokedTokenSchema>;

/** Takes one access token out of use, ours or a trusted issuer's, for as long as it would have lasted. */
@Injectable()
export class RevokeAccessToken extends command({
  name: 'revoke-access-token',
  permission: { action: 'revoke', subject: 'AccessToken' },
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  creates: true,
  input: revokeAccessTokenSchema,
  load: (_, input) => nameToken(input),
})<Output> {
  constructor(
    runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {
    super(runtime);
  }

  protected async run(
    ctx: CommandContext,
    { reason }: Input,
    { issuer, tokenId, expiresAt }: RevocableToken,
  ): Promise<Change<Output>> {
    const { tx, now } = ctx;
    const isOwn = issuer === this.config.publicUrl;
    if (!isOwn) await assertTrusted(ctx, issuer);
    assertNotExpired(expiresAt, now);
    const added = await tx.revokedToken.createMany({
      data: { issuer, tokenId, expiresAt, revokedAt: now },
      skipDuplicates: true,
    });
    // An earlier revocation may have named an earlier expiry: the later one applies.
    const extended = await tx.revokedToken.updateMany({
      where: { issuer, tokenId, expiresAt: { lt: expiresAt } },
      data: { expiresAt },
    });
    const count = added.count + extended.count;
    const digest = tokenDigest(issuer, tokenId);
    return {
      output: { issuer, tokenId, expiresAt: expiresAt.toISOString() },
      subject: { id: digest, name: 'access token' },
      facts: { isOwn, expiresAt: expiresAt.toISOString(), wasRevoked: count === 0 },
      changes: { issuer },
      reason,
      keepsRights: count === 0,
    };
  }
}

const assertTrusted = async ({ tx }: CommandContext, issuer: string): Promise<void> => {
  if ((await tx.issuer.count({ where: { url: issuer, retiredAt: null } })) > 0) return;
  throw new DomainError(
    'invalid_input',
    'The token comes from an issuer that is not trusted here, so it is rejected anyway.',
  );
};

const MAX_LIFETIME_MS = 400 * DAY_MS;

const assertNotExpired = (expiresAt: Date, now: Date): void => {
  if (expiresAt.getTime() + MAX_CLOCK_TOLERANCE_SECONDS * SECOND_MS < now.getTime())
    throw new DomainError(
      'precondition_failed',
      'The token has expired already: there is nothing to revoke.',
    );
  if (expiresAt.getTime() - now.getTime() > MAX_LIFETIME_MS)
    throw new DomainError(
      'invalid_input',
      'The token would last longer than 400 days. Remove the binding that it names instead.',
    );
};
