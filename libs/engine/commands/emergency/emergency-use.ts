import type { HeldActor, OpenEmergency } from '#libs/engine/actors';
import { can, type Permission, type Subjects } from '#libs/platform/access';
import { DomainError } from '#libs/platform/kernel';
import type { Change, CommandContext } from '../change.js';
import { ledgerKind } from '../command-entry.js';
import type { AnySpec } from '../command-spec.js';
import { insertEmergencyChange } from './emergency-changes.repository.js';

/**
 * The emergency by which alone the actor has the right to this; null when they have it by a role of their
 * own, settled or not.
 * @throws DomainError `forbidden` where the command is not for them
 */
export const emergencyUsed = (
  { permission, emergency: rule }: AnySpec,
  { actor, emergency }: HeldActor,
  instance: Subjects[Permission['subject']],
): OpenEmergency | null => {
  if (actor.kind !== 'person' || emergency === null) return null;
  const own = actor.roles.filter((role) => !emergency.roles.includes(role));
  if (can({ ...actor, roles: own }, permission.action, permission.subject, instance)) return null;
  if (rule !== undefined && !('rejected' in rule)) return emergency;
  throw new DomainError(
    'forbidden',
    'This is not done by emergency access. Ask a colleague whose role allows it.',
  );
};

/** Writes down what was done by an emergency alone and ends with it, which gateways must learn. */
export const recordEmergencyUse = async (
  { tx, now, changesRights }: CommandContext,
  { name: command, emergency: rule, permission }: AnySpec,
  done: {
    emergency: OpenEmergency | null;
    entryId: string;
    change: Omit<Change<unknown>, 'output'>;
  },
): Promise<void> => {
  const { emergency, entryId, change } = done;
  if (emergency === null || rule === undefined || !('ends' in rule)) return;
  const subjectKind = ledgerKind(permission.subject);
  await insertEmergencyChange(tx, emergency, { entryId, command, subjectKind, now }, change);
  changesRights();
};
