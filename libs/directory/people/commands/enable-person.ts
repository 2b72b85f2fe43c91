import { effectiveRoles } from '#libs/engine/actors';
import { DomainError } from '#libs/platform/kernel';
import { deactivatePerson, reactivatePerson } from '../people.lifecycle.js';
import { assertManagedHere, changeOfPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';
import { privilegedRolesOf } from '../privileged-roles.js';

/** Lets a deactivated person sign in again; revoked tokens and delegations stay revoked. */
export class EnablePerson extends changeOfPerson({
  name: 'enable-person',
  action: 'change',
  changesRights: 'people',
  emergency: {
    ends: 'the person is deactivated',
    undo: (ctx, { subjectId }) => deactivatePerson(ctx, subjectId),
  },
  input: personReasonSchema,
  secondPerson: {
    when: 'the person has the role it, security, emergency or owner',
    async ask(ctx, { id }, { name, disabledAt }) {
      if (disabledAt === null) return null;
      const roles = await privilegedRolesOf(ctx, id);
      if (roles.length === 0) return null;
      return {
        explanation: `${name} would have the role ${roles.join(', ')} again, by which one decides about others.`,
        roles: ['it', 'security'],
        concerns: [id],
      };
    },
  },
  async run(ctx, { id, reason }, person) {
    assertManagedHere(person, '');
    if (!(await reactivatePerson(ctx, id))) {
      throw new DomainError('conflict', 'This person is active already.');
    }
    const times = { now: ctx.now, coolingOffHours: 0 };
    const { roles } = await effectiveRoles(ctx.tx, id, times);
    return {
      output: { id },
      subject: person,
      facts: { roles: [...roles] },
      changes: { before: { isActive: false }, after: { isActive: true } },
      reason,
    };
  },
}) {}
