import type { Tx } from '#libs/platform/db';
import type { Names } from './asked-names.js';
import { ifAny, index, together } from './asked-rows.js';

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

/** Clients of which a binding was removed. */
export const readUnboundClients = async (
  tx: Tx,
  { clients }: Names,
  clientsOfOthers: ReadonlySet<string>,
) => {
  const found = await ifAny(clients, () =>
    tx.unboundClient.findMany({
      where: { OR: clients.map(([url, clientId]) => ({ clientId, issuer: { url } })) },
      select: { clientId: true, issuer: { select: { url: true } } },
    }),
  );
  const byName = index(clients.map(together), found, ({ issuer, clientId }) =>
    together([issuer.url, clientId]),
  );
  return (issuer: string, client: string) => {
    const name = together([issuer, client]);
    return byName(name).length > 0 || clientsOfOthers.has(name);
  };
};
