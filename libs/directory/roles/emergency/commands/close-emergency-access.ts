import { hasOpenEmergencyChanges } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { changeOfEmergency, endEmergency } from '../emergency.repository.js';

/**
 * Ends emergency access: by the person, by IT or security, or by the system when its time is up. What was done by it
 * and is not kept ends with it; what could not be undone then is tried again.
 */
export class CloseEmergencyAccess extends changeOfEmergency({
  name: 'close-emergency-access',
  action: 'close',
  // What is undone says so itself.
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  input: z.strictObject({}),
  async run(ctx, { id }, emergency) {
    const { personId, expiresAt, endedAt } = emergency;
    if (endedAt === null) await endEmergency(ctx, id);
    else if (await hasOpenEmergencyChanges(ctx.tx, id))
      await ctx.endAccess({ kind: 'emergency', id, reason: 'ended' });
    else throw new DomainError('conflict', 'This emergency access ended already.');
    return {
      output: { id },
      subject: emergency,
      facts: { personId, closedEarly: endedAt === null && ctx.now < expiresAt },
    };
  },
}) {}
