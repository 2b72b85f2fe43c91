import { DomainError } from '#libs/platform/kernel';
import { reactivatePerson } from '../people.lifecycle.js';
import { assertManagedHere, changeOfPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';

/** Lets a deactivated person sign in again; revoked tokens and delegations stay revoked. */
export class EnablePerson extends changeOfPerson({
  name: 'enable-person',
  action: 'change',
  changesRights: 'people',
  input: personReasonSchema,
  async run(ctx, { id, reason }, person) {
    assertManagedHere(person, '');
    if (!(await reactivatePerson(ctx, id))) {
      throw new DomainError('conflict', 'This person is active already.');
    }
    const roles = await ctx.tx.personRole.findMany({ where: { personId: id } });
    return {
      output: { id },
      subject: person,
      facts: { roles: roles.map(({ role }) => role) },
      reason,
    };
  },
}) {}
