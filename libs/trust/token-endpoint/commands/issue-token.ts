import { Inject, Injectable } from '@nestjs/common';
import { command, CommandRuntime, type Change, type CommandContext } from '#libs/engine/commands';
import { digestOf, tokenDigest } from '#libs/trust/authorization-liveness';
import { CONFIG, type Config } from '#libs/platform/config';
import { newId, type JsonObject } from '#libs/platform/kernel';
import type { DerivedFrom } from '#libs/trust/token-verification';
import { SignJWT } from 'jose';
import {
  assertRequestAuthorized,
  holdAgents,
  holdPerson,
  ofGrant,
  type AskingAgent,
} from '../issue-token.checks.js';
import {
  issueTokenSchema,
  MAX_DERIVED_FROM,
  type IssueTokenInput,
} from '../issue-token.schemas.js';
import { SIGNING_ALGORITHM } from '../keys/signing-key-rows.js';
import { SigningKeys } from '../keys/signing-keys.js';

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
  load: ({ tx }, input) => holdAgents(tx, input),
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
    const person = await holdPerson(tx, input);
    const own = { url: this.config.publicUrl, signedBy: this.runtime.signer.keys };
    await assertRequestAuthorized(tx, input, own, now);
    const times = lifetimeOf(input, now);
    const jti = newId();
    const token = await this.#sign(ctx, input, { ...times, jti });
    const { subject, subjectToken, grant, authenticationMethod, bindingId, scope, thumbprint } =
      input;
    return {
      output: { token, expiresInSeconds: times.exp - times.iat },
      subject: agent,
      facts: {
        grant,
        authenticationMethod,
        bindingId,
        personId: subject?.personId ?? null,
        identifiedBy: subject?.identifiedBy ?? null,
        delegationId: subject?.delegationId ?? null,
        subjectTokenDigest: subject && subjectToken && digestOf(subjectToken),
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
  ...derivedFromClaims(input),
});

const derivedFromClaims = (input: IssueTokenInput) => {
  const { tokens, issuerIds, bindingIds } = derivedFrom(input);
  return {
    ...(tokens.length === 0 ? {} : { derived_from: tokens }),
    ...(issuerIds.length === 0 ? {} : { derived_from_issuers: issuerIds }),
    ...(bindingIds.length === 0 ? {} : { derived_from_bindings: bindingIds }),
  };
};

// Every presented token, and what it was derived from: if one of them is revoked, the new token is, too.
const derivedFrom = (input: IssueTokenInput): DerivedFrom => {
  const { agentToken, subjectToken, subject, grant } = input;
  const presented = [agentToken, subjectToken].filter((token) => token !== null);
  const all = {
    tokens: presented.flatMap((token) => [...token.derivedFrom.tokens, ...one(digestOf(token))]),
    issuerIds: presented.flatMap((token) => [
      ...token.derivedFrom.issuerIds,
      ...one(token.issuerId),
    ]),
    bindingIds: [
      ...presented.flatMap((token) => [...token.derivedFrom.bindingIds, ...one(token.bindingId)]),
      ...(subject?.issuedTo ?? []).map((to) => to.bindingId),
    ],
  };
  const unique = {
    tokens: [...new Set(all.tokens)],
    issuerIds: [...new Set(all.issuerIds)],
    bindingIds: [...new Set(all.bindingIds)],
  };
  if (Object.values(unique).every(({ length }) => length <= MAX_DERIVED_FROM)) return unique;
  throw ofGrant(
    grant,
    `A token can be derived from at most ${MAX_DERIVED_FROM} others. Get a new one from its issuer.`,
  );
};

const one = <T>(value: T | null): T[] => (value === null ? [] : [value]);

const partiesOf = ({ agentId, bindingId, subject, scope, thumbprint }: IssueTokenInput) => ({
  sub: subject?.personId ?? agentId,
  client_id: agentId,
  binding_id: bindingId,
  scope,
  ...(subject === null ? {} : { act: actClaim(subject.actors) }),
  ...(subject?.delegationId ? { delegation_id: subject.delegationId } : {}),
  ...(thumbprint === null ? {} : { cnf: { jkt: thumbprint } }),
});

const actClaim = (actors: readonly string[]): JsonObject | undefined =>
  actors.reduceRight<JsonObject | undefined>(
    (inner, sub) => (inner === undefined ? { sub } : { sub, act: inner }),
    undefined,
  );

// Whole seconds, rounded so that it never lasts longer than it may.
const lifetimeOf = ({ expiresAt, grant }: IssueTokenInput, now: Date) => {
  const iat = Math.floor(now.getTime() / 1000);
  const exp = Math.floor(Date.parse(expiresAt) / 1000);
  if (exp <= iat) throw ofGrant(grant, 'A presented token has expired. Get a new one.');
  return { iat, exp };
};
