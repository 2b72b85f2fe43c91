import type { SecondPerson } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';

interface Issuer {
  id: string;
  url: string;
  name: string;
}

/**
 * Whether a change of the trust in an issuer takes a second person: somebody who controls how its people and
 * agents show who they are can act as each of them (invariant I10). While nobody depends on the issuer it
 * gives nothing.
 */
export const secondPersonForTrust = async (
  tx: Tx,
  { id, url, name }: Issuer,
): Promise<SecondPerson | null> => {
  const [agents, identities, provisioned] = await Promise.all([
    tx.binding.count({ where: { issuerId: id } }),
    tx.personIdentity.count({ where: { issuer: url } }),
    tx.scimUser.count({ where: { connection: { issuerId: id } } }),
  ]);
  const people = Math.max(identities, provisioned);
  if (agents + people === 0) return null;
  return {
    explanation: `${count(agents, 'agent', 'agents')} and ${count(people, 'person', 'people')} show who they are by the issuer ${name}: somebody who can change how could act as them.`,
    roles: ['it', 'security'],
  };
};

/**
 * The same for what is set for an issuer. One whose security events name people by e-mail takes a second
 * person also while nobody uses it: it can end the access of everybody else's people.
 */
export const secondPersonForSettings = async (
  tx: Tx,
  { signalsByEmail, ...issuer }: Issuer & { signalsByEmail: boolean },
): Promise<SecondPerson | null> =>
  signalsByEmail ? secondPersonForEmail(issuer) : secondPersonForTrust(tx, issuer);

const secondPersonForEmail = ({ name }: Issuer): SecondPerson => ({
  explanation: `The issuer ${name} could end the access of anybody whose e-mail address it names in a security event, whichever issuer they sign in at.`,
  roles: ['it', 'security'],
});

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
