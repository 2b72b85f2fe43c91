import { Inject, Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { newId } from '#libs/platform/kernel';
import { SignJWT } from 'jose';
import { actClaim } from '../grants/actor-chain.js';
import {
  assertAgentMay,
  assertPresentedCounts,
  holdAgent,
  holdPerson,
  ofGrant,
  type AskingAgent,
} from '../issue-token.checks.js';
import { issueTokenSchema, type IssueTokenInput } from '../issue-token.schemas.js';
import { SIGNING_ALGORITHM } from '../keys/signing-key-rows.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { tokenDigest } from '../token-digest.js';

/** A token that was issued, for its agent alone. */
export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

/** Issues one access token of ours (RFC 9068), to an agent, for itself or on a person's behalf. */
@Injectable()
export class IssueToken extends command({
  name: 'issue-token',
  permission: { action: 'issue', subject: 'Agent' },
  changesRights: false,
  actors: 'system',
  input: issueTokenSchema,
  subjectId: ({ agentId }) => agentId,
  load: ({ tx }, { agentId }) => holdAgent(tx, agentId),
})<IssuedToken> {
  constructor(
    runtime: CommandRuntime,
    private readonly signingKeys: SigningKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl' | 'gateway'>,
  ) {
    super(runtime);
  }

  protected async run(
    ctx: CommandContext,
    input: IssueTokenInput,
    agent: AskingAgent,
  ): Promise<Change<IssuedToken>> {
    const { tx, now } = ctx;
    await assertAgentMay(tx, agent, input, now);
    await assertPresentedCounts(tx, input);
    const person = await holdPerson(tx, input, now);
    const times = lifetimeOf(input, now);
    const jti = newId();
    const token = await this.#sign(ctx, input, { ...times, jti });
    const { subject, grant, authenticationMethod, bindingId, scope, thumbprint } = input;
    return {
      output: { token, expiresInSeconds: times.exp - times.iat },
      subject: agent,
      facts: {
        grant,
        authenticationMethod,
        bindingId,
        personId: subject?.personId ?? null,
        proof: subject?.proof ?? null,
        delegationId: subject?.delegationId ?? null,
        proofDigest: subject?.proofDigest ?? null,
        actors: subject?.actors ?? [],
        scope: scope.slice(0, 1_000),
        isKeyBound: thumbprint !== null,
        tokenDigest: tokenDigest(this.config.publicUrl, jti),
        expiresAt: new Date(times.exp * 1000).toISOString(),
      },
      ...(person === null ? {} : { names: { person: person.name } }),
    };
  }

  async #sign(
    { tx, now }: CommandContext,
    input: IssueTokenInput,
    times: { iat: number; exp: number; jti: string },
  ): Promise<string> {
    const { kid, key } = await this.signingKeys.current(tx, now);
    return new SignJWT({ ...claimsOf(input), ...times })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', kid })
      .setIssuer(this.config.publicUrl)
      .setAudience(this.config.gateway.audience)
      .sign(key);
  }
}

const claimsOf = (input: IssueTokenInput) => ({
  ...partiesOf(input),
  ...derivedFromOf(input),
});

const derivedFromOf = ({ derivedFrom: { tokens, issuerIds, bindingIds } }: IssueTokenInput) => ({
  ...(tokens.length === 0 ? {} : { derived_from: tokens }),
  ...(issuerIds.length === 0 ? {} : { derived_from_issuers: issuerIds }),
  ...(bindingIds.length === 0 ? {} : { derived_from_bindings: bindingIds }),
});

const partiesOf = ({ agentId, bindingId, subject, scope, thumbprint }: IssueTokenInput) => ({
  sub: subject?.personId ?? agentId,
  client_id: agentId,
  binding_id: bindingId,
  scope,
  ...(subject === null ? {} : { act: actClaim(subject.actors) }),
  ...(subject?.delegationId ? { delegation_id: subject.delegationId } : {}),
  ...(thumbprint === null ? {} : { cnf: { jkt: thumbprint } }),
});

// Whole seconds, rounded so that it never lasts longer than it may.
const lifetimeOf = ({ expiresAt, grant }: IssueTokenInput, now: Date) => {
  const iat = Math.floor(now.getTime() / 1000);
  const exp = Math.floor(Date.parse(expiresAt) / 1000);
  if (exp <= iat) throw ofGrant(grant, 'What was shown has expired. Get a new one.');
  return { iat, exp };
};
