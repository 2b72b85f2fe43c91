import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError, newId, personIdOf, ROLES, type Actor } from '#libs/platform/kernel';
import { z } from 'zod';
import { insertIdentity } from '#libs/trust/sign-in';
import { assertTeams, insertPerson } from '../people.repository.js';
import { registerPersonSchema } from '../people.schemas.js';
import { giveRoles } from '../person-roles.js';
import { deactivatePerson } from '../people.lifecycle.js';

const inputSchema = registerPersonSchema.extend({
  /** Only the set-up of a new installation; people are given roles one by one, by those who hold them. */
  roles: z.array(z.enum(ROLES)).max(ROLES.length).default([]),
});

/** Adds a person whom no provisioning client brings, with the identity they sign in as. */
export class AddPerson extends command({
  name: 'add-person',
  permission: { action: 'register', subject: 'Person' },
  changesRights: 'people',
  emergency: {
    ends: 'the person is deactivated',
    undo: (ctx, { subjectId }) => deactivatePerson(ctx, subjectId),
  },
  creates: true,
  input: inputSchema,
  body: registerPersonSchema,
  load: () => ({ id: newId() }),
  async run({ tx, now, actor }, { roles, teamIds, issuer, subject, ...person }, { id }) {
    assertNoRoles(actor, roles);
    await assertUnknown(tx, issuer, subject);
    await assertTeams(tx, teamIds);
    await insertPerson(tx, { ...person, id, createdAt: now, addedById: personIdOf(actor) });
    await insertIdentity(tx, { issuer, subject, personId: id, linkedAt: now, linkedBy: 'added' });
    await giveRoles(tx, id, roles, { assignedById: null, assignedAt: now });
    await tx.personTeam.createMany({
      data: [...new Set(teamIds)].map((teamId) => ({ personId: id, teamId })),
    });
    return {
      output: { id },
      subject: { id, name: person.name },
      facts: { roles, teamIds },
      changes: { email: person.email, issuer, subject },
    };
  },
}) {}

// Otherwise anybody who may add people could make a holder of any role.
const assertNoRoles = (actor: Actor, roles: readonly string[]): void => {
  if (roles.length === 0 || actor.kind === 'system') return;
  const message = 'A role is given by somebody who holds it: add the person first, without roles.';
  throw new DomainError('forbidden', message, {
    problems: [{ path: 'roles', message: 'must be empty' }],
  });
};

const assertUnknown = async (tx: Tx, issuer: string, subject: string): Promise<void> => {
  const where = { issuer_subject: { issuer, subject } };
  if ((await tx.personIdentity.findUnique({ where })) === null) return;
  throw new DomainError('conflict', 'Somebody signs in as this subject of this issuer already.', {
    problems: [{ path: 'subject', message: 'is taken' }],
  });
};
