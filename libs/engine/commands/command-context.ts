import { RecordChanges } from '#libs/engine/record-signatures';
import { writeToOutbox } from '#libs/platform/queue';
import type { Change, CommandContext } from './change.js';
import type { CommandRuntime } from './command-runtime.js';

/** What a command works with, and what is to be told of its work when it is done. */
export interface Work {
  ctx: CommandContext;
  /** What ended with somebody's access. */
  ended: Change<unknown>['facts'][];
  /** What of its changes gateways load. */
  records: RecordChanges;
  /** Whether what it ended changed rights. */
  changed: { rights: boolean };
}

/** Starts a command's work in its transaction. */
export const startWork = (
  { tx, actor, confirmedBy, now }: Pick<CommandContext, 'tx' | 'actor' | 'confirmedBy' | 'now'>,
  { onAccessEnded, signer, readRights, coolingOffHours }: CommandRuntime,
): Work => {
  const ended: Work['ended'] = [];
  const records = new RecordChanges(tx, signer);
  const changed = { rights: false };
  const ctx: CommandContext = {
    tx,
    actor,
    confirmedBy,
    now,
    coolingOffHours,
    enqueue: (name, payload) => writeToOutbox(tx, name, payload, now),
    signs: (kind, ids) => records.track(kind, ids),
    signsNew: (kind, ids) => records.trackNew(kind, ids),
    changesRights: () => {
      changed.rights = true;
    },
    async endAccess(subject) {
      for (const hook of onAccessEnded) ended.push(await hook(ctx, subject));
    },
    rightsOf: (reach) => readRights(tx, reach, now),
  };
  return { ctx, ended, records, changed };
};
