import { isDeadlock } from '#libs/platform/db';
import { systemActor } from '#libs/platform/kernel';
import type { CommandClass } from '../any-command.js';
import type { CommandContext, OnAccessEnded } from '../change.js';
import type { EmergencyRule } from './emergency-rule.js';
import {
  lockOpenEmergencyChanges,
  markEmergencyChangeUndone,
  type EmergencyChange,
} from './emergency-changes.repository.js';

type Undo = Extract<EmergencyRule, { ends: string }>['undo'];

/**
 * Undoes what was done by an emergency that ends, in the transaction that ends it, as the commands that did it
 * declare. What cannot be undone does not keep the emergency open: it has no effect any more, and is tried again.
 */
export const undoEmergencyChanges = (commands: readonly CommandClass[]): OnAccessEnded => {
  const undos = new Map<string, Undo>();
  for (const { spec } of commands)
    if (spec.emergency !== undefined && 'ends' in spec.emergency)
      undos.set(spec.name, spec.emergency.undo);
  return async (ctx, { kind, id }) => {
    if (kind !== 'emergency') return {};
    const changes = await lockOpenEmergencyChanges(ctx.tx, id);
    if (changes.length === 0) return {};
    ctx.changesRights();
    const undone: EmergencyChange[] = [];
    for (const change of changes)
      if (await undoOne(ctx, change, undos.get(change.command))) undone.push(change);
    return {
      emergencyIds: [id],
      changesUndone: undone.map(({ entryId }) => entryId),
      changesNotUndone: changes.length - undone.length,
    };
  };
};

const REASON = 'It was done by emergency access, which has ended.';

const undoOne = async (
  ctx: CommandContext,
  { id, subjectId, facts }: EmergencyChange,
  undo: Undo | undefined,
): Promise<boolean> => {
  if (undo === undefined) return false;
  const { tx, now } = ctx;
  await tx.$executeRaw`SAVEPOINT undo`;
  try {
    const actor = systemActor('emergency-access');
    await undo({ ...ctx, actor }, { subjectId, facts, reason: REASON });
    await markEmergencyChangeUndone(tx, id, now);
    await tx.$executeRaw`RELEASE SAVEPOINT undo`;
    return true;
  } catch (error) {
    if (isDeadlock(error)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT undo`;
    return false;
  }
};
