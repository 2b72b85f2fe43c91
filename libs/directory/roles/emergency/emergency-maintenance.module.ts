import { Module } from '@nestjs/common';
import type { CommandClass } from '#libs/engine/commands';
import { CloseEmergencyAccess } from './commands/close-emergency-access.js';
import { ExpiredEmergencies } from './expired-emergencies.js';

/** The commands of {@link EmergencyMaintenanceModule}. */
export const emergencyMaintenanceCommands = [
  CloseEmergencyAccess,
] as const satisfies readonly CommandClass[];

/** What the worker does about emergency access: closing it in the records when its time is up. */
@Module({
  providers: [ExpiredEmergencies, ...emergencyMaintenanceCommands],
  exports: [ExpiredEmergencies],
})
export class EmergencyMaintenanceModule {}
