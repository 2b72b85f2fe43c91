export { RolesModule } from './roles.module.js';
export { onAccessEnded } from './access-ended.js';
/** Every change of roles. */
export { roleCommands, setupCommands } from './roles.commands.js';
/** Raises an alert when people join a group that gives a role. */
export { notePrivilegedMembers } from './privileged-members.js';
/** What the schedule `emergency-access.expire` does. */
export {
  EmergencyMaintenanceModule,
  emergencyMaintenanceCommands,
} from './emergency/emergency-maintenance.module.js';
export { ExpiredEmergencies } from './emergency/expired-emergencies.js';
/** The first owner of a fresh installation: the API's module, and what prints a code. */
export { SetupModule } from './setup/setup.module.js';
export { AfterClaim } from './setup/after-claim.js';
export { Setup } from './setup/setup.service.js';
export { MakeSetupCode } from './setup/commands/make-setup-code.js';
