/** People, teams and the session that the console reads. */
export { PeopleModule } from './people.module.js';
/** What the routes about people take and answer. */
export {
  listPeopleQuerySchema,
  personDetailSchema,
  personPageSchema,
  personSchema,
  roleSchema,
  sessionSchema,
} from './people.schemas.js';
export { teamPageSchema, teamSchema } from './teams.schemas.js';
/** Every change of people and teams. */
export { peopleCommands } from './people.commands.js';
/** How the installation is set up: its people and teams. */
export { AddPerson } from './commands/add-person.js';
export { AddTeam } from './commands/add-team.js';
export { DisablePerson } from './commands/disable-person.js';
export { EnablePerson } from './commands/enable-person.js';
/** Cuts, ends and restores what a person may do, inside another command's transaction. */
export { alertOfRolesTaken } from './alert-of-roles-taken.js';
export { deactivatePerson, reactivatePerson, signOutEverywhere } from './people.lifecycle.js';
/** Who holds a role, and that some are never without a holder. */
export {
  assertStillHeld,
  firstUnheld,
  hasHolder,
  INDISPENSABLE_ROLES,
  holdersWhere,
  indispensableAmong,
  indispensableNow,
  type RolesOf,
} from './role-holders.js';
export { privilegedRolesOf } from './privileged-roles.js';
/** Why somebody has a role. */
export { roleSourcesOf, type RoleSource } from './role-sources.js';
/** The team of a name, made where there is none. */
export { ensureTeam } from './teams.repository.js';
/** A person as commands need them, their row held. */
export { lockPerson } from './people.repository.js';
/** Adds and changes the row of a person, and gives and takes roles, in the caller's transaction. */
export { insertPerson, updateShown } from './people.repository.js';
export { giveRoles, takeRole } from './person-roles.js';
