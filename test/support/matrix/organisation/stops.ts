import type { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { ATTACKER } from '../attackers.js';
import { LONG_AGO } from './long-ago.js';

/** What security stopped, and a caller about whom nobody decided yet. */
export const addStops = async (db: Database, ids: Record<string, string>) => {
  const stop = { activatedAt: LONG_AGO, reason: 'odd answers', stoppedBySecurity: true } as const;
  ids['kill switch of security'] = newId();
  await db.killSwitch.create({
    data: {
      id: ids['kill switch of security'],
      scope: 'tool',
      targetId: ids['wiki/erase'] as string,
      ...stop,
    },
  });
  const seen = { firstSeenAt: LONG_AGO, lastSeenAt: LONG_AGO, attempts: 1, lastSource: '::1' };
  const issuerId = ids['IdP'] as string;
  ids['blocked caller'] = newId();
  ids['unregistered caller'] = newId();
  const blocked = { blockedAt: LONG_AGO, blockedReason: 'unknown', stoppedBySecurity: true };
  await db.unregisteredAgent.create({
    data: {
      id: ids['blocked caller'],
      issuerId,
      subject: ATTACKER.blockedSubject,
      clientId: '',
      ...seen,
      ...blocked,
    },
  });
  await db.unregisteredAgent.create({
    data: {
      id: ids['unregistered caller'],
      issuerId,
      subject: ATTACKER.workload,
      clientId: '',
      ...seen,
    },
  });
};
