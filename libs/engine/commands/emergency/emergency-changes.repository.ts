import { ENDS_WITH_EMERGENCY, type OpenEmergency } from '#libs/engine/actors';
import type { Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import type { Change } from '../change.js';

/** What was done by an emergency alone, and is neither kept nor undone. */
export interface EmergencyChange {
  id: string;
  emergencyId: string;
  entryId: string;
  command: string;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  facts: Readonly<Record<string, unknown>>;
}

/** Writes down what was done by an emergency alone, in the transaction that does it. */
export const insertEmergencyChange = async (
  tx: Tx,
  { id: emergencyId }: OpenEmergency,
  done: Pick<EmergencyChange, 'entryId' | 'command' | 'subjectKind'> & { now: Date },
  { subject, facts }: Omit<Change<unknown>, 'output'>,
): Promise<void> => {
  const { now, ...of } = done;
  await tx.emergencyChange.create({
    data: {
      id: newId(),
      emergencyId,
      ...of,
      subjectId: subject.id,
      subjectName: subject.name,
      facts: { ...facts },
      madeAt: now,
    },
    select: { id: true },
  });
};

/** Those of an emergency that are neither kept nor undone, the newest first; their rows are held. */
export const lockOpenEmergencyChanges = async (
  tx: Tx,
  emergencyId: string,
): Promise<EmergencyChange[]> => {
  await tx.$queryRaw`SELECT 1 FROM emergency_change WHERE emergency_id = ${emergencyId}::uuid FOR UPDATE`;
  const rows = await tx.emergencyChange.findMany({
    where: { emergencyId, ...ENDS_WITH_EMERGENCY },
    orderBy: { id: 'desc' },
  });
  return rows.map(({ facts, ...row }) => ({ ...row, facts: facts as EmergencyChange['facts'] }));
};

/** Whether something of an emergency is neither kept nor undone. */
export const hasOpenEmergencyChanges = async (tx: Tx, emergencyId: string): Promise<boolean> =>
  (await tx.emergencyChange.count({ where: { emergencyId, ...ENDS_WITH_EMERGENCY } })) > 0;

/** Says that a change was undone. */
export const markEmergencyChangeUndone = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.emergencyChange.update({ where: { id }, data: { undoneAt: now }, select: { id: true } });
};

/** Keeps these, which {@link lockOpenEmergencyChanges} holds. */
export const keepEmergencyChanges = async (
  tx: Tx,
  ids: readonly string[],
  now: Date,
): Promise<void> => {
  await tx.emergencyChange.updateMany({ where: { id: { in: [...ids] } }, data: { keptAt: now } });
};
