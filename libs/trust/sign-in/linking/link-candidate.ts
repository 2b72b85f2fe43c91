import { isStorable } from '#libs/engine/commands';
import type { Database, Tx } from '#libs/platform/db';
import type { LinkRule } from './link-rule.js';

/** Who came, as the issuer calls them, and the value of the claim that it declares for linking. */
export interface LinkRequest {
  issuerId: string;
  issuer: string;
  attribute: LinkRule['attribute'];
  value: string;
}

/** The person whom a provisioning client of that issuer created with exactly that value. */
export interface LinkCandidate {
  id: string;
  name: string;
  connectionId: string;
}

/**
 * The one person whom the value names, if there is exactly one, active and not yet linked (invariant I7).
 * There is no second way to find them.
 */
export const linkCandidate = async (
  db: Database | Tx,
  { issuerId, issuer, attribute, value }: LinkRequest,
): Promise<LinkCandidate | null> => {
  // The driver would write half a character as U+FFFD, and so match another value.
  if (!isStorable(value)) return null;
  const column = attribute === 'external_id' ? 'externalId' : 'employeeNumber';
  const [match, ...others] = await db.scimUser.findMany({
    where: { connection: { issuerId }, [column]: value },
    select: {
      connectionId: true,
      person: {
        select: {
          id: true,
          name: true,
          disabledAt: true,
          identities: { select: { issuer: true } },
        },
      },
    },
    take: 2,
  });
  if (match === undefined || others.length > 0) return null;
  const { person, connectionId } = match;
  if (person.disabledAt !== null) return null;
  if (await isLinked(db, issuer, person.identities)) return null;
  return { id: person.id, name: person.name, connectionId };
};

// Once: who may turn a connection to another issuer must not become its people there. A company that moves
// retires the issuer that they were linked at, which everybody sees.
const isLinked = async (
  db: Database | Tx,
  issuer: string,
  identities: readonly { issuer: string }[],
): Promise<boolean> => {
  const issuers = new Set(identities.map((identity) => identity.issuer));
  if (issuers.has(issuer)) return true;
  const retired = await db.issuer.count({
    where: { url: { in: [...issuers] }, retiredAt: { not: null } },
  });
  return retired < issuers.size;
};
