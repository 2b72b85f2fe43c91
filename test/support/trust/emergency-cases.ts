import { newId } from '#libs/platform/kernel';
import type { Tx } from '#libs/platform/db';
import {
  ISSUED_AT,
  NOW,
  aboutAda,
  derived,
  idpToken,
  ownToken,
  type TrustCase,
} from './presented.js';
import type { TrustWorld } from './trust-world.js';

interface Emergency {
  expiresAt?: Date;
  endedAt?: Date;
  keptAt?: Date;
  undoneAt?: Date;
}

/** Says of one of the world that it is as it is by emergency access alone. */
const byEmergency =
  (subject: 'coderId' | 'idpId' | 'adaId', { keptAt, undoneAt, ...emergency }: Emergency) =>
  async (tx: Tx, world: TrustWorld): Promise<void> => {
    const id = newId();
    const opened = { personId: world.bobId, reason: 'fire', startedAt: ISSUED_AT, expiresAt: NOW };
    await tx.emergencyAccess.create({ data: { id, ...opened, ...emergency } });
    await tx.emergencyChange.create({
      data: {
        id: newId(),
        emergencyId: id,
        entryId: newId(),
        command: 'spec',
        subjectKind: 'spec',
        subjectId: world[subject],
        subjectName: 'spec',
        facts: {},
        madeAt: ISSUED_AT,
        keptAt: keptAt ?? null,
        undoneAt: undoneAt ?? null,
      },
    });
  };

const IN_A_MOMENT = new Date(NOW.getTime() + 1);

/** What was done by emergency access alone, from when that has ended on. */
export const EMERGENCY: readonly TrustCase[] = [
  {
    what: 'an agent that was activated in an emergency which has just expired',
    presented: idpToken(),
    change: byEmergency('coderId', {}),
    answer: 'agent_emergency_ended',
  },
  {
    what: 'one whose emergency expires in a moment',
    presented: idpToken(),
    change: byEmergency('coderId', { expiresAt: IN_A_MOMENT }),
    answer: 'coder',
  },
  {
    what: 'one whose emergency was closed early',
    presented: idpToken(),
    change: byEmergency('coderId', { expiresAt: IN_A_MOMENT, endedAt: NOW }),
    answer: 'agent_emergency_ended',
  },
  {
    what: 'one that two people kept',
    presented: idpToken(),
    change: byEmergency('coderId', { keptAt: ISSUED_AT }),
    answer: 'coder',
  },
  {
    what: 'one of which it was undone already',
    presented: idpToken(),
    change: byEmergency('coderId', { undoneAt: NOW }),
    answer: 'coder',
  },
  {
    what: 'an issuer that was trusted in an emergency which has expired',
    presented: idpToken(),
    change: byEmergency('idpId', {}),
    answer: 'unknown_issuer',
  },
  {
    what: 'a token of ours that was obtained by a token of that issuer',
    presented: ownToken(({ idpId }) => derived({ issuerIds: [idpId] })),
    change: byEmergency('idpId', {}),
    answer: 'unknown_issuer',
  },
  {
    what: 'a person who was enabled in an emergency which has expired',
    presented: aboutAda(),
    change: byEmergency('adaId', {}),
    answer: 'person_not_active',
  },
];
