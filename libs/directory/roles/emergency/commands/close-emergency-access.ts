import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { changeOfEmergency } from '../emergency.repository.js';

/** Ends emergency access: by the person, by IT or security, or by the system when its time is up. */
export class CloseEmergencyAccess extends changeOfEmergency({
  name: 'close-emergency-access',
  action: 'close',
  changesRights: false,
  input: z.strictObject({}),
  async run({ tx, now }, { id }, emergency) {
    const { personId, expiresAt } = emergency;
    if (emergency.endedAt !== null) {
      throw new DomainError('conflict', 'This emergency access ended already.');
    }
    // It never counted for longer than it said.
    const endedAt = now < expiresAt ? now : expiresAt;
    await tx.emergencyAccess.update({ where: { id }, data: { endedAt }, select: { id: true } });
    return {
      output: { id },
      subject: emergency,
      facts: { personId, closedEarly: now < expiresAt },
    };
  },
}) {}
