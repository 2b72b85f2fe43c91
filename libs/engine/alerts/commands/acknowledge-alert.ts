import { command } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { acknowledgeAlertSchema } from '../alerts.schemas.js';

const inputSchema = acknowledgeAlertSchema.extend({ id: idSchema });

/** Somebody looked at an alert and says what they found; never those whom it concerns. */
export class AcknowledgeAlert extends command({
  name: 'acknowledge-alert',
  permission: { action: 'acknowledge', subject: 'Alert' },
  changesRights: false,
  input: inputSchema,
  async load({ tx }, { id }) {
    const [held] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM alert WHERE id = ${id}::uuid FOR UPDATE`;
    return held === undefined ? null : tx.alert.findUnique({ where: { id } });
  },
  async run(
    { tx, now, actor },
    { id, note },
    { kind, subjectKind, subjectId, concernedIds, acknowledgedAt },
  ) {
    const isAbout = subjectKind === 'person' && subjectId === actor.id;
    if (isAbout || concernedIds.includes(actor.id)) {
      throw new DomainError(
        'forbidden',
        'This alert is about you or what you did: somebody else must look at it.',
      );
    }
    if (acknowledgedAt !== null) {
      throw new DomainError('conflict', 'Somebody acknowledged this alert already.');
    }
    await tx.alert.update({
      where: { id },
      data: { acknowledgedById: actor.id, acknowledgedAt: now, acknowledgedNote: note },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: kind },
      facts: { kind, aboutKind: subjectKind, aboutId: subjectId },
      reason: note,
    };
  },
}) {}
