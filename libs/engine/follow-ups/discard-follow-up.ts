import { command } from '#libs/engine/commands';
import { discardDeadLetter, lockDeadLetter } from '#libs/platform/queue';
import { factsOf, followUpSchema } from './follow-up.schemas.js';

/** Removes a dead letter: what it was to do is not done. */
export class DiscardFollowUp extends command({
  name: 'discard-follow-up',
  permission: { action: 'withdraw', subject: 'FollowUp' },
  changesRights: false,
  actors: 'system',
  input: followUpSchema,
  subjectId: ({ id }) => id,
  load: ({ tx }, { id }) => lockDeadLetter(tx, id),
  async run({ tx }, { id, reason }, letter) {
    await discardDeadLetter(tx, id);
    return { output: { id }, subject: letter, facts: factsOf(letter), reason };
  },
}) {}
