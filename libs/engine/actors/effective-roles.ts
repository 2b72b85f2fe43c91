import type { Database, Tx } from '#libs/platform/db';
import { ROLES, type Role } from '#libs/platform/kernel';
import {
  holdRoleSources,
  readRoleSources,
  type RoleSource,
  type RoleTimes,
} from './role-sources.js';

/** The roles that somebody has at this moment, whatever gave them. */
export interface EffectiveRoles {
  roles: readonly Role[];
  /** Those that nothing but something new, suspended or of an emergency gives: nobody approves with them. */
  coolingOffRoles: readonly Role[];
}

/** The roles of a person. Asked on every request, so that what was revoked is gone at once. */
export const effectiveRoles = async (
  db: Database | Tx,
  personId: string,
  times: RoleTimes,
): Promise<EffectiveRoles> => fold(await readRoleSources(db, [personId], times));

/** Emergency access that somebody has open. */
export interface OpenEmergency {
  id: string;
  /** Those that nothing else gives them. */
  roles: readonly Role[];
  expiresAt: Date;
}

/** The roles of somebody who acts, and the emergency by which they may have some of them. */
export interface HeldRoles extends EffectiveRoles {
  emergency: OpenEmergency | null;
}

/** The same inside a command's transaction, which holds every row that gives a role (invariant I12). */
export const holdEffectiveRoles = async (
  tx: Tx,
  personId: string,
  times: RoleTimes,
): Promise<HeldRoles> => {
  const sources = await holdRoleSources(tx, personId, times);
  return { ...fold(sources), emergency: emergencyIn(sources) };
};

const emergencyIn = (sources: readonly RoleSource[]): OpenEmergency | null => {
  const given = sources.filter(({ via }) => via === 'emergency');
  const { emergencyId: id = null, expiresAt = null } = given[0] ?? {};
  if (id === null || expiresAt === null) return null;
  const others = new Set(sources.filter(({ via }) => via !== 'emergency').map(({ role }) => role));
  const roles = given.map(({ role }) => role).filter((role) => !others.has(role));
  return { id, roles, expiresAt };
};

const fold = (sources: readonly RoleSource[]): EffectiveRoles => {
  const held = new Set(sources.map(({ role }) => role));
  const settled = new Set(
    sources
      .filter(({ isCoolingOff, isSuspended }) => !isCoolingOff && !isSuspended)
      .map(({ role }) => role),
  );
  // In the order of ROLES, so that the same roles always read the same.
  const roles = ROLES.filter((role) => held.has(role));
  return { roles, coolingOffRoles: roles.filter((role) => !settled.has(role)) };
};
