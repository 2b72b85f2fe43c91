import { verifiedRecords, type VerificationKeys } from '#libs/engine/record-signatures';
import type { Tx } from '#libs/platform/db';
import type { KnownBinding, KnownPerson } from '#libs/trust/authorization-liveness';
import type { BindingCondition } from '#libs/trust/token-verification';
import type { JWK } from 'jose';
import { ifAny, index, lookup, together, uuids } from './asked-rows.js';

type Pair = readonly [string, string];

/** A binding with its agent's name. */
export interface BindingRow extends KnownBinding {
  readonly agent: { readonly id: string; readonly name: string };
}

/** Everything that the rows are asked about, by the names that the rules will use. */
export interface Names {
  readonly keyIds: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly issuerIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly bindingIds: readonly string[];
  /** By the issuer's URL and the subject, or the client. */
  readonly subjects: readonly Pair[];
  readonly clients: readonly Pair[];
  readonly personIds: readonly string[];
  readonly identities: readonly Pair[];
  readonly delegationIds: readonly string[];
  /** By the issuer's URL and the token's id. */
  readonly tokenIds: readonly Pair[];
  readonly digests: readonly string[];
  /** By the issuer's id, the subject and the client. */
  readonly callers: readonly (readonly [string, string, string])[];
}

/** Who issues our own tokens, and by whose keys the records are verified. */
export interface OwnTrust {
  readonly url: string;
  readonly signedBy: VerificationKeys;
}

/** Our public keys that are not withdrawn. */
export const readOwnKeys = async (
  tx: Tx,
  keyIds: Names['keyIds'],
  signedBy: VerificationKeys,
  now: Date,
): Promise<JWK[]> => {
  const where = { id: { in: uuids(keyIds) }, publishedUntil: { gt: now } };
  const found = await ifAny(keyIds, () =>
    tx.signingKey.findMany({ where, select: { id: true, publicKey: true, publishedUntil: true } }),
  );
  const authentic = await verifiedRecords(tx, signedBy, 'signing_key', found);
  return authentic.map(({ publicKey }) => publicKey as JWK);
};

// Nobody else signs in our name.
const trusted = (ownUrl: string) => ({ retiredAt: null, url: { not: ownUrl } });

/** The trusted ones. */
export const readIssuers = async (
  tx: Tx,
  { issuerUrls, issuerIds }: Names,
  { url: ownUrl, signedBy }: OwnTrust,
) => {
  const all = await ifAny([...issuerUrls, ...issuerIds], () =>
    tx.issuer.findMany({
      where: {
        AND: trusted(ownUrl),
        OR: [{ url: { in: [...issuerUrls] } }, { id: { in: uuids(issuerIds) } }],
      },
    }),
  );
  const found = await verifiedRecords(tx, signedBy, 'issuer', all);
  const byId = index(issuerIds, found, ({ id }) => id);
  return {
    issuers: lookup(issuerUrls, found, ({ url }) => url),
    issuerIds: { has: (id: string) => byId(id).length > 0 },
  };
};

/** Agents in every state. */
export const readAgents = async (
  tx: Tx,
  agentIds: readonly string[],
  signedBy: VerificationKeys,
) => {
  const found = await readSignedAgents(tx, uuids(agentIds), signedBy);
  return lookup(agentIds, found, ({ id }) => id);
};

// An agent is signed with all its bindings.
const readSignedAgents = async (tx: Tx, ids: readonly string[], signedBy: VerificationKeys) => {
  const found = await ifAny(ids, () =>
    tx.agent.findMany({ where: { id: { in: [...ids] } }, include: { bindings: true } }),
  );
  return verifiedRecords(tx, signedBy, 'agent', found);
};

/** Bindings of trusted issuers, and of keys. */
export const readBindings = async (
  tx: Tx,
  { bindingIds, subjects, clients }: Names,
  { url: ownUrl, signedBy }: OwnTrust,
) => {
  const found = await tx.binding.findMany({
    where: {
      AND: { OR: [{ kind: 'key' }, { issuer: trusted(ownUrl) }] },
      OR: [
        { id: { in: uuids(bindingIds) } },
        ...named('subject', subjects),
        ...named('client', clients),
      ],
    },
    select: {
      id: true,
      kind: true,
      subject: true,
      conditions: true,
      agent: { select: { id: true, name: true } },
      issuer: { select: { url: true } },
    },
  });
  const agents = await readSignedAgents(
    tx,
    found.map(({ agent }) => agent.id),
    signedBy,
  );
  const signed = new Set(agents.map(({ id }) => id));
  const known = found.filter(({ agent }) => signed.has(agent.id)).map(bindingRow);
  const others = found.filter(({ agent }) => !signed.has(agent.id));
  const byName = (kind: 'subject' | 'client', names: readonly Pair[]) => {
    const ofKind = known.flatMap((row) =>
      row.token?.kind === kind ? [{ row, ...row.token }] : [],
    );
    const find = index(names.map(together), ofKind, ({ issuerUrl, subject }) =>
      together([issuerUrl, subject]),
    );
    return (issuer: string, name: string) => find(together([issuer, name])).map(({ row }) => row);
  };
  const ids = [...new Set([...bindingIds, ...known.map(({ id }) => id)])];
  return {
    bindings: lookup(ids, known, ({ id }) => id),
    subjectBindings: byName('subject', subjects),
    clientBindings: byName('client', clients),
    // What was issued to an agent that is not as it was signed is not anybody's (invariant I13).
    clientsOfOthers: new Set(
      others.map(({ issuer, subject }) => together([issuer?.url ?? '', subject])),
    ),
    // Whose they are, for what the rules will ask of those agents.
    theirAgents: known.map(({ agent }) => agent.id),
  };
};

const named = (kind: 'subject' | 'client', names: readonly Pair[]) =>
  names.map(([url, subject]) => ({ kind, subject, issuer: { url } }));

const bindingRow = ({
  id,
  kind,
  agent,
  issuer,
  subject,
  ...row
}: Pick<BindingRow, 'id' | 'kind' | 'agent'> & {
  subject: string;
  conditions: unknown;
  issuer: { url: string } | null;
}): BindingRow => {
  if (kind === 'key' || issuer === null) return { id, kind, agent, token: null };
  // As libs/registry/agents checked it when it was saved.
  const conditions = row.conditions as BindingCondition[];
  return { id, kind, agent, token: { kind, issuerUrl: issuer.url, subject, conditions } };
};

const PERSON = { id: true, disabledAt: true, tokensRevokedBefore: true } as const;

/** People by their ids, and by what they sign in as. */
export const readPeople = async (tx: Tx, { personIds, identities }: Names) => {
  const known = await ifAny(personIds, () =>
    tx.person.findMany({ where: { id: { in: uuids(personIds) } }, select: PERSON }),
  );
  const linked = await ifAny(identities, () =>
    tx.personIdentity.findMany({
      where: { OR: identities.map(([issuer, subject]) => ({ issuer, subject })) },
      select: { issuer: true, subject: true, person: { select: PERSON } },
    }),
  );
  const byIdentity = lookup(identities.map(together), linked, ({ issuer, subject }) =>
    together([issuer, subject]),
  );
  return {
    people: lookup(personIds, known.map(knownPerson), ({ id }) => id),
    personOf: (issuer: string, subject: string) => {
      const row = byIdentity.get(together([issuer, subject]));
      return row && knownPerson(row.person);
    },
  };
};

const knownPerson = (row: {
  id: string;
  disabledAt: Date | null;
  tokensRevokedBefore: Date | null;
}): KnownPerson => ({
  id: row.id,
  isActive: row.disabledAt === null,
  tokensRevokedBefore: row.tokensRevokedBefore,
});

/** Those that nobody has withdrawn, and whose they are. */
export const readDelegations = async (tx: Tx, { delegationIds }: Names) => {
  const found = await ifAny(delegationIds, () =>
    tx.delegation.findMany({
      where: { id: { in: uuids(delegationIds) }, withdrawnAt: null },
      select: {
        id: true,
        personId: true,
        agentId: true,
        expiresAt: true,
        server: { select: { slug: true } },
      },
    }),
  );
  const known = found.map(({ server, ...row }) => ({ ...row, serverSlug: server?.slug ?? null }));
  return {
    delegations: lookup(delegationIds, known, ({ id }) => id),
    theirPeople: known.map(({ personId }) => personId),
  };
};

/** Tokens that were revoked one by one. */
export const readRevokedTokens = async (tx: Tx, { tokenIds, digests }: Names) => {
  const found = await ifAny(tokenIds, () =>
    tx.revokedToken.findMany({
      where: { OR: tokenIds.map(([issuer, tokenId]) => ({ issuer, tokenId })) },
      select: { issuer: true, tokenId: true },
    }),
  );
  const byName = index(tokenIds.map(together), found, ({ issuer, tokenId }) =>
    together([issuer, tokenId]),
  );
  const revoked = await ifAny(digests, () => digestsOfRevoked(tx, digests));
  const byDigest = index(digests, revoked, ({ digest }) => digest);
  return {
    isTokenRevoked: (issuer: string, tokenId: string) =>
      byName(together([issuer, tokenId])).length > 0,
    isDigestRevoked: (digest: string) => byDigest(digest).length > 0,
  };
};

// As `tokenDigest` has it. Few tokens are revoked at a time, and those that have expired are purged.
const digestsOfRevoked = (tx: Tx, digests: Names['digests']) =>
  tx.$queryRaw<{ digest: string }[]>`
    SELECT digest FROM (
      SELECT encode(sha256(convert_to(issuer || chr(10) || token_id, 'UTF8')), 'hex') AS digest
      FROM revoked_token
    ) revoked WHERE digest = ANY(${[...digests]})`;

/** Callers that somebody blocked in the inbox of unregistered agents. */
export const readBlockedCallers = async (tx: Tx, { callers }: Names) => {
  const found = await ifAny(callers, () =>
    tx.unregisteredAgent.findMany({
      where: {
        blockedAt: { not: null },
        OR: callers.map(([issuerId, subject, clientId]) => ({ issuerId, subject, clientId })),
      },
      select: { issuerId: true, subject: true, clientId: true },
    }),
  );
  const find = index(callers.map(together), found, ({ issuerId, subject, clientId }) =>
    together([issuerId, subject, clientId]),
  );
  return (...caller: readonly [string, string, string]) => find(together(caller)).length > 0;
};
