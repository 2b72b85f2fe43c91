import { changeOf } from '#libs/engine/commands';
import { stopsForSecurity } from '#libs/platform/access';
import { DomainError } from '#libs/platform/kernel';
import { alertOfRolesTaken } from '../alert-of-roles-taken.js';
import { deactivatePerson, keepOut } from '../people.lifecycle.js';
import { lockPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';
import { assertStillHeld, indispensableNow } from '../role-holders.js';

const changeOfRoleHolder = changeOf('Person', ({ tx }, id) => lockPerson(tx, id), {
  locksFirst: 'roleHolders',
});

/**
 * Deactivates a person: a full revocation (invariant S3). They stay out until people enable them again, also
 * those whom a provisioning client manages, and whatever it says.
 */
export class DisablePerson extends changeOfRoleHolder({
  name: 'disable-person',
  action: 'revoke',
  // Their agents may be suspended besides.
  changesRights: true,
  emergency: { stays: 'it takes rights away' },
  input: personReasonSchema,
  async run(ctx, { id, reason }, person) {
    const forSecurity = stopsForSecurity(ctx.actor);
    if (person.disabledByPeople && (person.stoppedBySecurity || !forSecurity))
      throw new DomainError('conflict', 'This person is disabled already.');
    const held = await indispensableNow(ctx);
    const words = (name: string, roles: string) =>
      `${ctx.actor.name} disabled ${name}, who has the role ${roles}.`;
    await alertOfRolesTaken(ctx, { personIds: [id] }, words, async () => {
      await deactivatePerson(ctx, id);
      await keepOut(ctx, id, forSecurity);
      await assertStillHeld(ctx, held);
    });
    return { output: { id }, subject: person, facts: { forSecurity }, reason };
  },
}) {}
