import { Injectable } from '@nestjs/common';
import type { CommandTraits } from '#libs/engine/commands';
import { DelegationTakenBack } from '../delegation-taken-back.js';

/** A person takes back what they let an agent do for them. */
@Injectable()
export class WithdrawDelegation extends DelegationTakenBack {
  static readonly traits = {
    name: 'withdraw-delegation',
    permission: { action: 'withdraw', subject: 'Delegation' },
    changesRights: 'people',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Delegation'>;

  readonly traits = WithdrawDelegation.traits;
}
