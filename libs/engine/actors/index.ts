/** Who acts, read and held in the transaction that uses their rights. */
export { holdActor, type HeldActor } from './hold-actor.js';
/** Who can act at all: no last holder of a role, and no second person, is somebody who cannot. */
export { CAN_ACT } from './can-act.js';
/** The roles that somebody has at this moment, whatever gave them. */
export { effectiveRoles, type OpenEmergency } from './effective-roles.js';
/** Every reason why people have roles. */
export {
  PRIVILEGED_ROLES,
  readPrivilegedRoles,
  readRoleSources,
  readUnconfirmedRoles,
  type RoleSource,
  type RoleTimes,
} from './role-sources.js';
/** When what was done by emergency access alone ends. */
export { ENDS_WITH_EMERGENCY, readEmergencyEnds } from './emergency-ends.js';
/** Who made people what they are, so that alerts about them are looked at by others. */
export { areRelated, readMakers } from './makers.js';
