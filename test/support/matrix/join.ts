import type { Tx } from '#libs/platform/db';
import { HOUR_MS, newId, SCIM_SCOPES, type Role } from '#libs/platform/kernel';
import { ATTACKER, SIGN_IN_ISSUER } from './attackers.js';
import type { Members } from './explore.js';
import { addKey } from './organisation/agents-and-tools.js';
import { LONG_AGO } from './organisation/long-ago.js';
import type { Targets } from './organisation/organisation.js';

/** Adds attackers to the organisation, in this transaction. */
export type Join = (tx: Tx, ids: Targets) => Promise<Members>;

/** Who attacks. */
export interface Joining {
  /** Of the one who begins. */
  roles: Role[];
  /** Somebody else: an accomplice whose roles are old, or a puppet that the first made a moment ago. */
  mate?: { roles: Role[]; isPuppet: boolean };
  /** The first is in an emergency, alone. */
  emergency?: boolean;
  /** They have a SCIM token of the company's connection. */
  token?: boolean;
}

const addPerson = async (
  tx: Tx,
  name: string,
  { roles, madeBy, ids }: { roles: Role[]; madeBy: string | null; ids: Targets },
): Promise<string> => {
  const id = newId();
  const at = madeBy === null ? LONG_AGO : new Date();
  const subject = name === 'spare' ? ATTACKER.subjects[0] : name;
  await tx.person.create({
    data: {
      id,
      name,
      email: `${name}@example.test`,
      createdAt: at,
      addedById: madeBy,
      teams: { create: { teamId: ids['Engineering'] as string } },
    },
  });
  // The spare account is the attackers' own at the IdP; nobody here knows it yet.
  if (name !== 'spare')
    await tx.personIdentity.create({
      data: { issuer: SIGN_IN_ISSUER, subject, personId: id, linkedAt: at, linkedBy: 'added' },
    });
  await tx.personRole.createMany({
    data: roles.map((role) => ({ personId: id, role, assignedById: madeBy, assignedAt: at })),
  });
  return id;
};

/** Everybody of a cast has an account without a role to spare, an agent, and an alert about them. */
export const join =
  ({ roles, mate: second, emergency, token }: Joining): Join =>
  async (tx, ids) => {
    const me = await addPerson(tx, 'attacker', { roles, madeBy: null, ids });
    const mate =
      second === undefined
        ? null
        : await addPerson(tx, 'accomplice', {
            roles: second.roles,
            madeBy: second.isPuppet ? me : null,
            ids,
          });
    const spare = await addPerson(tx, 'spare', { roles: [], madeBy: me, ids });
    const own = await addAgent(tx, me, ids);
    const alert = await addAlert(tx, me, spare);
    const known = {
      me,
      mate,
      spare,
      own,
      alert,
      emergency: emergency === true ? await addEmergency(tx, me) : null,
    };
    const people = [me, mate, spare].filter((id) => id !== null);
    const labels = { attacker: me, spare, own, ...(mate === null ? {} : { accomplice: mate }) };
    const client = token === true ? { client: clientOf(ids) } : {};
    return { attackers: { people, ...client }, labels, known };
  };

const addAgent = async (tx: Tx, ownerId: string, ids: Targets): Promise<string> => {
  const id = newId();
  const at = new Date();
  await tx.agent.create({
    data: {
      id,
      name: 'own',
      purpose: 'p',
      state: 'active',
      riskTier: 'low',
      tags: ['intern'],
      ownerId,
      teamId: ids['Engineering'] as string,
      createdAt: at,
      updatedAt: at,
    },
  });
  await addKey(tx, id, 'first');
  return id;
};

const addAlert = async (tx: Tx, me: string, spare: string): Promise<string> => {
  const id = newId();
  await tx.alert.create({
    data: {
      id,
      kind: 'privileged_member',
      subjectKind: 'person',
      subjectId: me,
      message: 'm',
      raisedAt: new Date(),
      byId: me,
      concernedIds: [me, spare],
    },
  });
  return id;
};

const addEmergency = async (tx: Tx, personId: string): Promise<string> => {
  const id = newId();
  const startedAt = new Date();
  const expiresAt = new Date(startedAt.getTime() + HOUR_MS);
  await tx.emergencyAccess.create({
    data: { id, personId, reason: 'fire', startedAt, expiresAt },
  });
  return id;
};

const clientOf = (ids: Targets) => ({
  kind: 'scim' as const,
  id: ids['Entra'] as string,
  name: 'Entra',
  tokenId: ids['token'] as string,
  scopes: [...SCIM_SCOPES],
});
