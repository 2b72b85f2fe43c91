import { raiseAlert } from '#libs/engine/alerts';
import { effectiveRoles } from '#libs/engine/actors';
import type { CommandContext } from '#libs/engine/commands';
import { releasedBySecurity } from '#libs/platform/access';
import { DomainError, roleNames } from '#libs/platform/kernel';
import { deactivatePerson, keepOut, leaveToClient, reactivatePerson } from '../people.lifecycle.js';
import { assertManagedHere, changeOfPerson, type LoadedPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';
import { privilegedRolesOf } from '../privileged-roles.js';

/** Lets a disabled person sign in again, by those who may; revoked tokens and delegations stay revoked. */
export class EnablePerson extends changeOfPerson({
  name: 'enable-person',
  action: 'activate',
  changesRights: 'people',
  emergency: {
    ends: 'the person is deactivated',
    async undo(ctx, { subjectId }) {
      const wasActive = await deactivatePerson(ctx, subjectId);
      await keepOut(ctx, subjectId, false);
      return wasActive;
    },
  },
  input: personReasonSchema,
  rejection(_, { stoppedBySecurity }) {
    return stoppedBySecurity ? releasedBySecurity() : undefined;
  },
  secondPerson: {
    when: 'the person has the role it, security, emergency or owner',
    async ask(ctx, { id }, { name, disabledAt }) {
      if (disabledAt === null) return null;
      const roles = await privilegedRolesOf(ctx, id);
      if (roles.length === 0) return null;
      return {
        explanation: `${name} would have the role ${roleNames(roles)} again, by which one decides about others.`,
        roles: ['it', 'security'],
        concerns: [id],
      };
    },
  },
  async run(ctx, { id, reason }, person) {
    const isActive = await enable(ctx, person);
    if (person.stoppedBySecurity) await alertOfRelease(ctx, person, reason);
    const { roles } = await effectiveRoles(ctx.tx, id, ctx);
    return {
      output: { id },
      subject: person,
      facts: { roles: [...roles], isActive, wasStoppedBySecurity: person.stoppedBySecurity },
      changes: { before: { isActive: false }, after: { isActive } },
      reason,
    };
  },
}) {}

/** Answers whether they are active then: a client that deactivated them is the only one to undo that. */
const enable = async (ctx: CommandContext, person: LoadedPerson): Promise<boolean> => {
  if (person.disabledAt === null)
    throw new DomainError('conflict', 'This person is active already.');
  if (!person.isActiveAtClient) {
    if (!person.disabledByPeople) assertManagedHere(person, '');
    await leaveToClient(ctx, person.id);
    return false;
  }
  return reactivatePerson(ctx, person.id);
};

const alertOfRelease = async (
  { tx, now, actor }: CommandContext,
  { id, name }: LoadedPerson,
  reason: string,
): Promise<void> => {
  await raiseAlert(tx, now, {
    kind: 'security_stop_released',
    subject: { kind: 'person', id },
    message: `${actor.name} enabled ${name}, whom security had disabled: ${reason}`,
    by: actor,
  });
};
