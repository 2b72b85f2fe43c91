import { Module } from '@nestjs/common';
import type { CommandClass } from '#libs/engine/commands';
import { EndEmergencyAccess } from './commands/end-emergency-access.js';
import { ExpiredEmergencies } from './expired-emergencies.js';

/** The commands of {@link EmergencyKeepingModule}. */
export const emergencyKeepingCommands = [
  EndEmergencyAccess,
] as const satisfies readonly CommandClass[];

/** What the worker does about emergency access: closing it in the records when its time is up. */
@Module({
  providers: [ExpiredEmergencies, ...emergencyKeepingCommands],
  exports: [ExpiredEmergencies],
})
export class EmergencyKeepingModule {}
