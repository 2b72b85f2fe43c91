import { changeOf } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { deactivatePerson } from '../people.lifecycle.js';
import { assertManagedHere, lockPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';
import { assertStillHeld, indispensableNow } from '../role-holders.js';

const changeOfRoleHolder = changeOf('Person', ({ tx }, id) => lockPerson(tx, id), {
  locksFirst: 'roleHolders',
});

/** Deactivates a person whom no provisioning client manages: a full revocation (invariant S3). */
export class DisablePerson extends changeOfRoleHolder({
  name: 'disable-person',
  action: 'change',
  // Their agents may be suspended besides.
  changesRights: true,
  emergency: { stays: 'it takes rights away' },
  input: personReasonSchema,
  async run(ctx, { id, reason }, person) {
    assertManagedHere(person, 'To end their access at once, sign them out everywhere.');
    if (person.disabledAt !== null) {
      throw new DomainError('conflict', 'This person is inactive already.');
    }
    const held = await indispensableNow(ctx.tx);
    await deactivatePerson(ctx, id);
    await assertStillHeld(ctx.tx, held);
    return { output: { id }, subject: person, facts: {}, reason };
  },
}) {}
