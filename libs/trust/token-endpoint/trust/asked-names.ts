import type { NamedActor, PresentedToken } from '#libs/trust/authorization-liveness';

/** What the rules will be asked about. Whatever a token names is asked for with it. */
export interface Asked {
  readonly tokens?: readonly PresentedToken[];
  /** Whom their `may_act` claims name. */
  readonly actors?: readonly NamedActor[];
  readonly agentIds?: readonly string[];
  readonly bindingIds?: readonly string[];
  readonly personIds?: readonly string[];
  readonly delegationIds?: readonly string[];
}

export type IssuerAndName = readonly [string, string];

/** Everything that the rows are asked about, by the names that the rules will use. */
export interface Names {
  readonly keyIds: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly issuerIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly bindingIds: readonly string[];
  /** By the issuer's URL and the subject, or the client. */
  readonly subjects: readonly IssuerAndName[];
  readonly clients: readonly IssuerAndName[];
  readonly personIds: readonly string[];
  readonly identities: readonly IssuerAndName[];
  readonly delegationIds: readonly string[];
  /** By the issuer's URL and the token's id. */
  readonly tokenIds: readonly IssuerAndName[];
  readonly digests: readonly string[];
  /** By the issuer's id, the subject and the client. */
  readonly callers: readonly (readonly [string, string, string])[];
}

/** The names in what is asked about. */
export const namesOf = ({
  tokens = [],
  actors = [],
  agentIds = [],
  bindingIds = [],
  personIds = [],
  delegationIds = [],
}: Asked): Names => {
  const own = tokens.filter(({ issuerId }) => issuerId === null);
  const others = tokens.flatMap(({ issuerId, ...rest }) =>
    issuerId === null ? [] : [{ ...rest, issuerId }],
  );
  return {
    keyIds: own.flatMap(({ keyId }) => keyId ?? []),
    issuerUrls: others.map(({ issuer }) => issuer),
    issuerIds: [
      ...others.map(({ issuerId }) => issuerId),
      ...own.flatMap(({ derivedFrom }) => derivedFrom.issuerIds),
    ],
    agentIds: [
      ...agentIds,
      ...own.flatMap((token) => (token.actors.length === 0 ? token.subject : token.actors)),
    ],
    bindingIds: [
      ...bindingIds,
      ...own.flatMap(({ bindingId, derivedFrom }) =>
        [bindingId ?? [], derivedFrom.bindingIds].flat(),
      ),
    ],
    subjects: [
      ...others.flatMap(({ issuer, subject, clientId }) => [
        [issuer, subject] as const,
        // A client may be bound by the subject that it has itself.
        [issuer, clientId] as const,
      ]),
      ...actors.map(({ issuer, subject }) => [issuer, subject] as const),
    ].flatMap(([issuer, subject]) => (subject === null ? [] : [[issuer, subject] as const])),
    clients: [
      ...others.map(({ issuer, clientId }) => [issuer, clientId] as const),
      ...actors.map(({ issuer, client }) => [issuer, client] as const),
    ].flatMap(([issuer, client]) => (client === null ? [] : [[issuer, client] as const])),
    personIds: [...personIds, ...own.map(({ subject }) => subject)],
    identities: others.map(({ issuer, subject }) => [issuer, subject]),
    delegationIds,
    tokenIds: tokens.flatMap(({ issuer, tokenId }) =>
      tokenId === null ? [] : [[issuer, tokenId] as const],
    ),
    digests: own.flatMap(({ derivedFrom }) => derivedFrom.tokens),
    callers: others.map(({ issuerId, subject, clientId }) => [issuerId, subject, clientId ?? '']),
  };
};
