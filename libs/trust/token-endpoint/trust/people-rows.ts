import type { Tx } from '#libs/platform/db';
import type { KnownPerson } from '#libs/trust/authorization-liveness';
import type { Names } from './asked-names.js';
import { ifAny, lookup, together, uuids } from './asked-rows.js';

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
