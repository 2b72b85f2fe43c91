import type { Tx } from '#libs/platform/db';
import { ifAny, index, together } from './asked-rows.js';
import type { Names } from './trust-rows.js';

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
