import type { Tx } from '#libs/platform/db';
import type {
  KnownDelegation,
  KnownPerson,
  NamedActor,
  PresentedToken,
  TrustFacts,
} from '#libs/trust/authorization-liveness';
import {
  readAgents,
  readBindings,
  readBlockedCallers,
  readDelegations,
  readIssuers,
  readOwnKeys,
  readPeople,
  readRevokedTokens,
  type BindingRow,
  type Names,
  type OwnTrust,
} from './trust-rows.js';
import { readUnboundClients } from './unbound-clients.js';

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

/** A delegation with what it is narrowed to. */
export interface DelegationRow extends KnownDelegation {
  /** Null: whatever both may do. */
  readonly serverSlug: string | null;
}

/** The view of facts over which the token endpoint runs the rules of libs/trust/authorization-liveness. */
export type RowFacts = TrustFacts<BindingRow, KnownPerson, DelegationRow>;

/**
 * Reads from the rows as they are now what the rules need to know about this. A rule that asks about anything
 * else fails, instead of hearing that there is none: a revocation that nobody read would be none.
 */
export const readTrustFacts = async (
  tx: Tx,
  own: OwnTrust,
  asked: Asked,
  now: Date,
): Promise<RowFacts> => {
  const { url, signedBy } = own;
  const names = namesOf(asked);
  const { delegations, theirPeople } = await readDelegations(tx, names);
  const personIds = [...names.personIds, ...theirPeople];
  const { theirAgents, clientsOfOthers, ...bindings } = await readBindings(tx, names, own);
  return {
    own: { url, keys: await readOwnKeys(tx, names.keyIds, signedBy, now) },
    ...(await readIssuers(tx, names, own)),
    agents: await readAgents(tx, [...names.agentIds, ...theirAgents], signedBy),
    ...bindings,
    wasClientUnbound: await readUnboundClients(tx, names, clientsOfOthers),
    ...(await readPeople(tx, { ...names, personIds })),
    delegations,
    ...(await readRevokedTokens(tx, names)),
    isUnregisteredAgentBlocked: await readBlockedCallers(tx, names),
  };
};

const namesOf = ({
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
