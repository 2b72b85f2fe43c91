import { command } from '#libs/engine/commands';
import { HOUR_MS, DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { newSetupCode, setupCodeHash } from '../setup-code.js';
import { isVacant, isValid, LIFETIME_HOURS, lockSetupCode, SETUP_ID } from '../setup.repository.js';

const inputSchema = z.strictObject({
  /** Whether a code that is still good stays, and nothing is made: for processes that start. */
  keepValid: z.boolean(),
});

/** A code, once, in the clear. */
export interface MadeSetupCode {
  code: string;
  expiresAt: Date;
}

/**
 * Makes the one-time code that makes an owner, and voids the one before. Only while nobody holds the role
 * it, or nobody security: afterwards people appoint each other.
 */
export class MakeSetupCode extends command({
  name: 'make-setup-code',
  permission: { action: 'assign', subject: 'RoleAssignment' },
  changesRights: false,
  creates: true,
  actors: 'system',
  locksFirst: 'roleHolders',
  input: inputSchema,
  load: () => ({ personId: 'nobody', role: 'owner', hasHolder: false, hasTwoHolders: false }),
  async run({ tx, now }, { keepValid }) {
    if (!(await isVacant(tx))) {
      throw new DomainError(
        'conflict',
        'The roles it and security are held: their holders give roles. Setup is over.',
      );
    }
    const older = await lockSetupCode(tx);
    const invalidatesPrevious = isValid(older, now);
    if (invalidatesPrevious && keepValid) {
      throw new DomainError('conflict', 'There is a setup code that is still good.');
    }
    const code = newSetupCode();
    const expiresAt = new Date(now.getTime() + LIFETIME_HOURS * HOUR_MS);
    const data = {
      codeHash: setupCodeHash(code),
      createdAt: now,
      expiresAt,
      failures: 0,
      usedAt: null,
    };
    await tx.setupCode.upsert({
      where: { id: SETUP_ID },
      create: { id: SETUP_ID, ...data },
      update: data,
      select: { id: true },
    });
    return {
      output: { code, expiresAt },
      subject: { id: 'owner', name: "the installation's owner" },
      facts: { expiresAt: expiresAt.toISOString(), invalidatesPrevious },
    };
  },
}) {}
