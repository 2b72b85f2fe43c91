import type { CommandClass } from '#libs/engine/commands';
import { AssignRole } from './assignment/commands/assign-role.js';
import { WithdrawRole } from './assignment/commands/withdraw-role.js';
import { CloseEmergencyAccess } from './emergency/commands/close-emergency-access.js';
import { KeepEmergencyChange } from './emergency/commands/keep-emergency-change.js';
import { OpenEmergencyAccess } from './emergency/commands/open-emergency-access.js';
import { MapGroup } from './group-mappings/commands/map-group.js';
import { RemoveGroupMapping } from './group-mappings/commands/remove-group-mapping.js';
import { ClaimOwnership } from './setup/commands/claim-ownership.js';
import { MakeSetupCode } from './setup/commands/make-setup-code.js';

/** The ways from an empty installation to its owner; the API and the command line have them. */
export const setupCommands = [
  MakeSetupCode,
  ClaimOwnership,
] as const satisfies readonly CommandClass[];

/** Giving and taking roles, by whatever way. */
export const rightsCommands = [
  AssignRole,
  WithdrawRole,
  MapGroup,
  RemoveGroupMapping,
  OpenEmergencyAccess,
  CloseEmergencyAccess,
  KeepEmergencyChange,
] as const satisfies readonly CommandClass[];

/** Every change of roles. */
export const roleCommands = [
  ...rightsCommands,
  ...setupCommands,
] as const satisfies readonly CommandClass[];
