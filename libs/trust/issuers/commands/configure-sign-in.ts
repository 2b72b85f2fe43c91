import { Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import {
  Command,
  CommandRuntime,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { endSessionsOfIssuer, signInSecretContext } from '#libs/trust/sign-in';
import { isInteractive } from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import type { z } from 'zod';
import { assertTrusted, lockIssuer, type LoadedIssuer } from '../issuers.repository.js';
import { configureSignInSchema } from '../issuers.schemas.js';

const inputSchema = configureSignInSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Lets people sign in at a trusted issuer, or changes how they do. */
@Injectable()
export class ConfigureSignIn extends Command<Input, { id: string }, 'Issuer', LoadedIssuer> {
  static readonly traits = {
    name: 'configure-sign-in',
    permission: { action: 'change', subject: 'Issuer' },
    // Who may do what stays; only how they show who they are.
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Issuer'>;

  readonly traits = ConfigureSignIn.traits;
  readonly input = inputSchema;

  constructor(
    runtime: CommandRuntime,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedIssuer | null> {
    return lockIssuer(tx, id);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, clientSecret, ...asked }: Input,
    issuer: LoadedIssuer,
  ): Promise<Change<{ id: string }>> {
    assertTrusted(issuer);
    assertSignInFits(issuer, { ...asked, clientSecret });
    const sealed =
      clientSecret === undefined
        ? {}
        : { sealedClientSecret: this.secrets.seal(clientSecret, signInSecretContext(id)) };
    if (issuer.hasSignIn)
      await tx.signInProvider.update({
        where: { issuerId: id },
        data: { ...asked, ...sealed, updatedAt: now },
        select: { issuerId: true },
      });
    else
      await tx.signInProvider.create({
        data: {
          ...asked,
          sealedClientSecret: '',
          ...sealed,
          issuerId: id,
          createdAt: now,
          updatedAt: now,
        },
        select: { issuerId: true },
      });
    const endedSessions = asked.enabled ? 0 : await endSessionsOfIssuer(tx, issuer.url);
    const { linkAttribute, enabled, ...changes } = asked;
    await raiseAlert(tx, now, {
      kind: 'issuer_changed',
      subject: { kind: 'issuer', id },
      message: `${actor.name} changed how people sign in at ${issuer.name}.`,
      by: actor,
    });
    const secretChanged = clientSecret !== undefined;
    return {
      output: { id },
      subject: { id, name: issuer.name },
      facts: { enabled, linkAttribute, secretChanged, endedSessions },
      changes,
    };
  }
}

const assertSignInFits = (
  issuer: LoadedIssuer,
  asked: Pick<Input, 'linkClaim' | 'linkAttribute'> & { clientSecret: string | undefined },
): void => {
  const problems = [];
  if (!isInteractive(issuer.profile))
    problems.push({
      path: 'id',
      message: `people do not sign in at issuers of the profile ${issuer.profile}`,
    });
  if (asked.clientSecret === undefined && !issuer.hasSignIn)
    problems.push({ path: 'clientSecret', message: 'give the secret of the client at the issuer' });
  if ((asked.linkClaim === null) !== (asked.linkAttribute === null))
    problems.push({
      path: asked.linkClaim === null ? 'linkClaim' : 'linkAttribute',
      message: 'give both the claim and the SCIM attribute, or neither',
    });
  if (problems.length === 0) return;
  throw new DomainError('invalid_input', 'Sign-in cannot be set up so: see problems.', {
    problems,
  });
};
