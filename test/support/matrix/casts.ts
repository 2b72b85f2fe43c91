import { HOUR_MS, systemActor, type Role } from '#libs/platform/kernel';
import type { Lab, Members } from './explore.js';
import { join, type Join } from './join.js';

/** Who attacks together. */
export interface Cast {
  name: string;
  /** Whether what both of them did is what two people agreed to. */
  isTwoSettled: boolean;
  join: Join;
  /** What they did before, whatever it takes. */
  before?(lab: Lab, members: Members): Promise<void>;
  /** For how long they wait until they carry out alone what nobody else can confirm. */
  waitsHours?: number;
  /** What happens before it is asked what they reach. */
  afterwards?(lab: Lab): Promise<void>;
}

const ROLES: Role[] = ['it', 'security', 'grc', 'developer', 'office', 'emergency', 'owner'];
// Those who may confirm what somebody proposed.
const CONFIRMING: ReadonlySet<Role> = new Set(['it', 'security']);
const OTHER = { it: 'security', security: 'it' } as const;

// Everybody with a role whom they can disable: not the last who hold a role.
const disableOthers = async (
  { organisation, make }: Lab,
  { attackers }: Members,
): Promise<void> => {
  const [me] = attackers.people;
  const roles = await organisation.db.personRole.findMany({ distinct: ['personId'] });
  for (const { personId } of roles) {
    const actor = { kind: 'person', id: me as string, name: '', roles: [], teamIds: [] } as const;
    await make('disable-person')
      .execute(actor, { id: personId, reason: 'to be alone' })
      .catch(() => undefined);
  }
};

/** Every constellation of attackers. */
export const CASTS: readonly Cast[] = [
  ...ROLES.map((role) => ({
    name: `one of ${role}`,
    isTwoSettled: false,
    join: join({ roles: [role] }),
  })),
  ...ROLES.filter((role) => role !== 'owner').map((role) => ({
    name: `one of ${role} and their puppet`,
    isTwoSettled: false,
    join: join({ roles: [role], mate: { roles: [role], isPuppet: true } }),
  })),
  ...ROLES.filter((role) => role !== 'owner').map((role) => ({
    name: `two of ${role}`,
    isTwoSettled: CONFIRMING.has(role),
    join: join({ roles: [role], mate: { roles: [role], isPuppet: false } }),
  })),
  ...(['it', 'security'] as const).flatMap((role) => [
    {
      name: `one of ${role} and one of ${OTHER[role]}`,
      isTwoSettled: true,
      join: join({ roles: [role], mate: { roles: [OTHER[role]], isPuppet: false } }),
    },
    {
      name: `one of ${role} and a puppet of ${OTHER[role]}`,
      isTwoSettled: false,
      join: join({ roles: [role], mate: { roles: [OTHER[role]], isPuppet: true } }),
    },
    {
      name: `one of ${role} who disables all others and waits`,
      isTwoSettled: false,
      join: join({ roles: [role] }),
      before: disableOthers,
      waitsHours: 25,
    },
    {
      name: `one of ${role} with a SCIM token`,
      isTwoSettled: false,
      join: join({ roles: [role], token: true }),
    },
  ]),
  {
    name: 'one in an emergency',
    isTwoSettled: false,
    join: join({ roles: ['emergency'], emergency: true }),
    afterwards: async ({ held, make }) => {
      held.now = new Date(held.now.getTime() + 2 * HOUR_MS);
      const open = await held.tx.emergencyAccess.findMany({ where: { endedAt: null } });
      for (const { id } of open)
        await make('close-emergency-access').execute(systemActor('worker'), { id });
    },
  },
  { name: 'a SCIM token', isTwoSettled: false, join: join({ roles: [], token: true }) },
];
