import { Injectable } from '@nestjs/common';
import type { CommandTraits } from '#libs/engine/commands';
import { DelegationTakenBack } from '../delegation-taken-back.js';

/** IT or security takes back a delegation that somebody else granted. */
@Injectable()
export class RevokeDelegation extends DelegationTakenBack {
  static readonly traits = {
    name: 'revoke-delegation',
    permission: { action: 'revoke', subject: 'Delegation' },
    changesRights: 'people',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Delegation'>;

  readonly traits = RevokeDelegation.traits;
}
