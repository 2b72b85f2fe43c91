import { command } from '#libs/engine/commands';
import { lockDeadLetter, retryDeadLetter } from '#libs/platform/queue';
import { factsOf, followUpSchema } from './follow-up.schemas.js';

/** Has the relay try a dead letter again, as often as at first. */
export class RetryFollowUp extends command({
  name: 'retry-follow-up',
  permission: { action: 'start', subject: 'FollowUp' },
  changesRights: false,
  actors: 'system',
  input: followUpSchema,
  subjectId: ({ id }) => id,
  load: ({ tx }, { id }) => lockDeadLetter(tx, id),
  async run({ tx }, { id, reason }, letter) {
    await retryDeadLetter(tx, id);
    return { output: { id }, subject: letter, facts: factsOf(letter), reason };
  },
}) {}
