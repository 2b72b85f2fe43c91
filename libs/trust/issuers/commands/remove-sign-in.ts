import { endSessionsOfIssuer } from '#libs/trust/sign-in';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { changeOfIssuer } from '../issuers.repository.js';

/** Ends sign-in at this issuer and signs out the people who used it; its tokens are still accepted. */
export class RemoveSignIn extends changeOfIssuer({
  name: 'remove-sign-in',
  action: 'change',
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  input: z.strictObject({}),
  async run({ tx }, { id }, issuer) {
    const { count } = await tx.signInProvider.deleteMany({ where: { issuerId: id } });
    if (count === 0) throw new DomainError('not_found', 'Nobody signs in at this issuer.');
    const sessionsEnded = await endSessionsOfIssuer(tx, issuer.url);
    return { output: { id }, subject: { id, name: issuer.name }, facts: { sessionsEnded } };
  },
}) {}
