import type { Tx } from '#libs/platform/db';
import { HOUR_MS, newId, SCIM_SCOPES, systemActor, type Role } from '#libs/platform/kernel';
import { ATTACKER, SIGN_IN_ISSUER } from './attackers.js';
import type { Lab, Members } from './explore.js';
import { addKey } from './organisation/agents-and-tools.js';
import type { Targets } from './organisation/organisation.js';

/** Who attacks together. */
export interface Cast {
  name: string;
  isTwoSettled: boolean;
  /** Adds them to the organisation, in this transaction. */
  join(tx: Tx, ids: Targets): Promise<Members>;
  /** What happens before it is asked what they reach. */
  afterwards?(lab: Lab): Promise<void>;
}

const LONG_AGO = new Date(Date.now() - 30 * 24 * 3_600_000);

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

const join =
  (
    roles: Role[],
    second: 'none' | 'puppet' | 'settled',
    options: { emergency?: boolean } = {},
  ): Cast['join'] =>
  async (tx, ids) => {
    const me = await addPerson(tx, 'attacker', { roles, madeBy: null, ids });
    const mate =
      second === 'none'
        ? null
        : await addPerson(tx, 'accomplice', {
            roles,
            madeBy: second === 'puppet' ? me : null,
            ids,
          });
    const spare = await addPerson(tx, 'spare', { roles: [], madeBy: me, ids });
    const own = newId();
    const at = new Date();
    await tx.agent.create({
      data: {
        id: own,
        name: 'own',
        purpose: 'p',
        state: 'active',
        riskTier: 'low',
        tags: ['intern'],
        ownerId: me,
        teamId: ids['Engineering'] as string,
        createdAt: at,
        updatedAt: at,
      },
    });
    await addKey(tx, own, 'first');
    const emergency = options.emergency === true ? newId() : null;
    if (emergency !== null)
      await tx.emergencyAccess.create({
        data: {
          id: emergency,
          personId: me,
          reason: 'fire',
          startedAt: at,
          expiresAt: new Date(at.getTime() + 3_600_000),
        },
      });
    const alert = newId();
    await tx.alert.create({
      data: {
        id: alert,
        kind: 'privileged_member',
        subjectKind: 'person',
        subjectId: me,
        message: 'm',
        raisedAt: at,
        byId: me,
        concernedIds: [me, spare],
      },
    });
    const people = [me, mate, spare].filter((id) => id !== null);
    const labels = { attacker: me, spare, own, ...(mate === null ? {} : { accomplice: mate }) };
    return { attackers: { people }, labels, known: { me, mate, spare, own, alert, emergency } };
  };

const ROLES: Role[] = ['it', 'security', 'grc', 'developer', 'office', 'emergency', 'owner'];
// Those who may confirm what somebody proposed.
const CONFIRMING: ReadonlySet<Role> = new Set(['it', 'security']);

/** Every constellation of attackers. */
export const CASTS: readonly Cast[] = [
  ...ROLES.map((role) => ({
    name: `one of ${role}`,
    isTwoSettled: false,
    join: join([role], 'none'),
  })),
  ...ROLES.filter((role) => role !== 'owner').map((role) => ({
    name: `one of ${role} and their puppet`,
    isTwoSettled: false,
    join: join([role], 'puppet'),
  })),
  ...ROLES.filter((role) => role !== 'owner').map((role) => ({
    name: `two of ${role}`,
    isTwoSettled: CONFIRMING.has(role),
    join: join([role], 'settled'),
  })),
  {
    name: 'one in an emergency',
    isTwoSettled: false,
    join: join(['emergency'], 'none', { emergency: true }),
    afterwards: async ({ held, make }) => {
      held.now = new Date(held.now.getTime() + 2 * HOUR_MS);
      const open = await held.tx.emergencyAccess.findMany({ where: { endedAt: null } });
      for (const { id } of open)
        await make('close-emergency-access').execute(systemActor('worker'), { id });
    },
  },
  {
    name: 'a SCIM token',
    isTwoSettled: false,
    join: async (tx, ids) => {
      const members = await join([], 'none')(tx, ids);
      const client = {
        kind: 'scim',
        id: ids['Entra'] as string,
        name: 'Entra',
        tokenId: ids['token'] as string,
        scopes: [...SCIM_SCOPES],
      } as const;
      return {
        ...members,
        attackers: { ...members.attackers, client: { ...client, scopes: [...SCIM_SCOPES] } },
      };
    },
  },
];
