import { Injectable } from '@nestjs/common';
import { raiseAlert } from '#libs/engine/alerts';
import { CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { endSessionsOfIssuer, signInSecretContext } from '#libs/trust/sign-in';
import type { Tx } from '#libs/platform/db';
import { isInteractive } from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import type { z } from 'zod';
import { assertTrusted, changeOfIssuer, type LoadedIssuer } from '../issuers.repository.js';
import { configureSignInSchema } from '../issuers.schemas.js';
import { secondPersonForTrust } from '../trust-change.js';
type Input = z.infer<typeof configureSignInSchema> & { id: string };

/** Lets people sign in at a trusted issuer, or changes how they do. */
@Injectable()
export class ConfigureSignIn extends changeOfIssuer({
  name: 'configure-sign-in',
  action: 'change',
  // Who may do what stays; only how they show who they are.
  changesRights: false,
  emergency: { rejected: 'people sign in by it' },
  input: configureSignInSchema,
  secondPerson: {
    when: 'it switches sign-in on, or changes the link claim or attribute, at an issuer that an agent or a person uses',
    async ask({ tx }, asked, issuer) {
      // To switch it off ends what people could do by it, and waits for nobody.
      if (!asked.enabled || !(await opensAnotherWay(tx, asked))) return null;
      return secondPersonForTrust(tx, issuer);
    },
  },
})<{ id: string }> {
  constructor(
    runtime: CommandRuntime,
    private readonly secrets: SecretBox,
  ) {
    super(runtime);
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, clientSecret, ...asked }: Input,
    issuer: LoadedIssuer,
  ): Promise<Change<{ id: string }>> {
    assertTrusted(issuer);
    assertSignInFits(issuer, { ...asked, clientSecret });
    const before = await settingsNow(tx, id);
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
    const sessionsEnded = asked.enabled ? 0 : await endSessionsOfIssuer(tx, issuer.url);
    const { linkAttribute, enabled } = asked;
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
      facts: { enabled, linkAttribute, secretChanged, sessionsEnded },
      changes: { before, after: { ...asked } },
    };
  }
}

// Of the secret nothing is shown but that it changed.
const settingsNow = (tx: Tx, issuerId: string) =>
  tx.signInProvider.findUnique({
    where: { issuerId },
    select: { label: true, clientId: true, linkClaim: true, linkAttribute: true, enabled: true },
  });

// A label or a new secret of our client there changes nothing of who somebody is.
const opensAnotherWay = async (
  tx: Tx,
  { id, linkClaim, linkAttribute }: Input,
): Promise<boolean> => {
  const before = await tx.signInProvider.findUnique({ where: { issuerId: id } });
  return (
    before?.enabled !== true ||
    before.linkClaim !== linkClaim ||
    before.linkAttribute !== linkAttribute
  );
};

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
