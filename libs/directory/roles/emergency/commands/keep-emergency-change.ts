import {
  command,
  keepEmergencyChanges,
  lockOpenEmergencyChanges,
  type CommandContext,
  type EmergencyChange,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { lockEmergency, type LoadedEmergency } from '../emergency.repository.js';
import { keepEmergencyChangeSchema } from '../emergency.schemas.js';

const params = z.strictObject({ id: idSchema, changeId: idSchema });

/**
 * Keeps what was done in an emergency that is still open, with all that was done to the same thing: as if two
 * people had done it. What has ended is done anew.
 */
export class KeepEmergencyChange extends command({
  name: 'keep-emergency-change',
  permission: { action: 'keep', subject: 'EmergencyAccess' },
  // The rights stay what they are, but gateways must learn that they do not end.
  changesRights: true,
  locksFirst: 'roleHolders',
  input: keepEmergencyChangeSchema.safeExtend(params.shape),
  body: keepEmergencyChangeSchema,
  params,
  load: (ctx, { id, changeId }) => load(ctx, id, changeId),
  secondPerson: {
    when: 'something done in an emergency would stay',
    always: true,
    ask: (_ctx, _input, { personId }) => ({
      explanation: 'What one person did in an emergency stays only when two people want it to.',
      roles: ['it', 'security'],
      concerns: [personId],
    }),
  },
  async run({ tx, now }, { id, reason }, { name, personId, endedAt, expiresAt, changes }) {
    const [change] = changes;
    if (change === undefined || endedAt !== null || expiresAt <= now) throw ended();
    await keepEmergencyChanges(
      tx,
      changes.map((one) => one.id),
      now,
    );
    return {
      output: { id },
      subject: { id, name },
      facts: {
        personId,
        keptEntryIds: changes.map(({ entryId }) => entryId),
        aboutKind: change.subjectKind,
        aboutId: change.subjectId,
      },
      names: { about: change.subjectName },
      reason,
    };
  },
}) {}

const load = async (
  { tx }: CommandContext,
  id: string,
  changeId: string,
): Promise<(LoadedEmergency & { changes: EmergencyChange[] }) | null> => {
  const emergency = await lockEmergency(tx, id);
  if (emergency === null) return null;
  const open = await lockOpenEmergencyChanges(tx, id);
  const about = open.find((change) => change.id === changeId)?.subjectId;
  return { ...emergency, changes: open.filter(({ subjectId }) => subjectId === about) };
};

const ended = (): DomainError =>
  new DomainError('conflict', 'This was kept already, or has ended. Do it anew if it is needed.');
