import { raiseAlert } from '#libs/engine/alerts';
import { command, type Change, type CommandContext } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { DomainError, newId } from '#libs/platform/kernel';
import { giveRoles, insertPerson, lockPerson, takeRole } from '#libs/directory/people';
import { insertIdentity } from '#libs/trust/sign-in';
import { z } from 'zod';
import { isSetupCode } from '../setup-code.js';
import { ATTEMPTS, isVacant, isValid, lockSetupCode, SETUP_ID } from '../setup.repository.js';
import { claimSetupSchema, pendingIdentitySchema, type PendingIdentity } from '../setup.schemas.js';

/** Who claims: somebody whose identity the IdP attests, unknown here or known without the rights. */
export const claimantSchema = z.union([
  z.strictObject({ personId: idSchema }),
  z.strictObject(pendingIdentitySchema.shape),
]);
const inputSchema = claimSetupSchema.extend({ claimant: claimantSchema });

/** Whether they are the owner now; if not, how often somebody may still try. */
export type ClaimOutcome = { claimed: true } | { claimed: false; attemptsLeft: number };

/**
 * Makes the person who knows the setup code the owner. A wrong code is an outcome and no failure: it uses up
 * one of the few tries, which must be kept, and the entry says so.
 */
export class ClaimOwnership extends command({
  name: 'claim-ownership',
  permission: { action: 'assign', subject: 'RoleAssignment' },
  changesRights: 'people',
  creates: true,
  actors: 'system',
  locksFirst: 'roleHolders',
  input: inputSchema,
  load(_ctx, { claimant }) {
    const personId = 'personId' in claimant ? claimant.personId : newId();
    return { personId, role: 'owner', hasHolder: false, hasTwoHolders: false };
  },
  async run(ctx, { code, claimant }, { personId }): Promise<Change<ClaimOutcome>> {
    const { tx, now } = ctx;
    const kept = await lockSetupCode(tx);
    if (!isValid(kept, now) || !(await isVacant(tx))) throw closed();
    if (!isSetupCode(code, kept.codeHash)) return noteFailure(ctx, kept.failures + 1);
    const name =
      'personId' in claimant
        ? await knownName(tx, personId)
        : await addOwner(tx, { personId, now, claimant });
    // One owner: who claims anew takes the place of one who was lost.
    await takeRole(tx, { role: 'owner' });
    await giveRoles(tx, personId, ['owner'], { assignedById: null, assignedAt: now });
    await tx.setupCode.update({
      where: { id: SETUP_ID },
      data: { usedAt: now },
      select: { id: true },
    });
    await raiseAlert(tx, now, {
      kind: 'setup_code_used',
      subject: { kind: 'person', id: personId },
      message: `${name} became the installation's owner by the setup code.`,
    });
    return {
      output: { claimed: true },
      subject: { id: personId, name },
      facts: { claimed: true, isNew: !('personId' in claimant) },
      ...('personId' in claimant ? {} : { changes: { ...claimant } }),
    };
  },
}) {}

const noteFailure = async (
  { tx, now }: CommandContext,
  failures: number,
): Promise<Change<ClaimOutcome>> => {
  await tx.setupCode.update({
    where: { id: SETUP_ID },
    data: { failures },
    select: { id: true },
  });
  if (failures === ATTEMPTS) {
    await raiseAlert(tx, now, {
      kind: 'setup_code_invalidated',
      subject: { kind: 'role_assignment', id: 'owner' },
      message: `The setup code was mistyped or guessed at ${ATTEMPTS} times and is void.`,
    });
  }
  return {
    output: { claimed: false, attemptsLeft: ATTEMPTS - failures },
    subject: { id: 'owner', name: "the installation's owner" },
    facts: { claimed: false, failures },
    keepsRights: true,
  };
};

const knownName = async (tx: Tx, personId: string): Promise<string> => {
  const person = await lockPerson(tx, personId);
  if (person?.disabledAt === null) return person.name;
  throw new DomainError('conflict', 'This person is inactive and cannot become the owner.');
};

const addOwner = async (
  tx: Tx,
  { personId, now, claimant }: { personId: string; now: Date; claimant: PendingIdentity },
): Promise<string> => {
  const { issuer, subject } = claimant;
  const where = { issuer_subject: { issuer, subject } };
  if ((await tx.personIdentity.findUnique({ where })) !== null) {
    throw new DomainError('conflict', 'You are known here by now: sign in again, then claim.');
  }
  const name = claimant.name ?? claimant.email ?? 'Owner';
  const email = claimant.email ?? '';
  await insertPerson(tx, { id: personId, name, email, createdAt: now });
  const linked = { linkedAt: now, linkedBy: 'setup_code' } as const;
  await insertIdentity(tx, { issuer, subject, personId, ...linked });
  return name;
};

const closed = (): DomainError =>
  new DomainError(
    'forbidden',
    'Setup is closed: make a new code with `gatehouse setup-code` where the installation runs.',
  );
