import { areRelated, readMakers } from '#libs/engine/actors';
import { markAcknowledged } from '#libs/engine/alert-records';
import { changeOf } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { acknowledgeAlertSchema } from '../alerts.schemas.js';

const changeOfAlert = changeOf('Alert', async ({ tx }, id) => {
  await tx.$queryRaw`SELECT 1 FROM alert WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.alert.findUnique({ where: { id } });
});

/**
 * Somebody looked at an alert and says what they found: never those whom it concerns, their makers, or those whom
 * they made (invariant I11).
 */
export class AcknowledgeAlert extends changeOfAlert({
  name: 'acknowledge-alert',
  action: 'acknowledge',
  changesRights: false,
  input: acknowledgeAlertSchema,
  async run(
    { tx, now, actor },
    { id, note },
    { kind, subjectKind, subjectId, concernedIds, acknowledgedAt },
  ) {
    const makers = await readMakers(tx, [actor.id, ...concernedIds]);
    if (areRelated(actor.id, concernedIds, makers)) {
      throw new DomainError(
        'forbidden',
        'This alert concerns you, somebody who gave you access, or somebody to whom you gave it. Another colleague with the role IT or security must look at it.',
      );
    }
    if (acknowledgedAt !== null) {
      throw new DomainError('conflict', 'Somebody acknowledged this alert already.');
    }
    await markAcknowledged(tx, id, { byId: actor.id, at: now, note });
    return {
      output: { id },
      subject: { id, name: kind },
      facts: { kind, aboutKind: subjectKind, aboutId: subjectId },
      reason: note,
    };
  },
}) {}
