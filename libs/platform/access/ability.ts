import { AbilityBuilder, createMongoAbility, subject as asSubject } from '@casl/ability';
import type { Actor, ScimScope } from '#libs/platform/kernel';
import type { AddRule, Person, PersonAbility } from './person-ability.js';
import { ROLE_RIGHTS, SECOND_PERSON_RIGHTS } from './role-rights.js';
import type { Action, Permission, SubjectName, Subjects } from './subjects.js';

const grantRoles = (can: AddRule, person: Person): void => {
  const coolingOff = new Set(person.coolingOffRoles);
  const counting = person.roles.filter((role) => !coolingOff.has(role));
  for (const role of person.roles) ROLE_RIGHTS[role](can, person);
  for (const role of counting) SECOND_PERSON_RIGHTS[role]?.(can, person);
  // A role is given by somebody who holds it, never to themselves; so is a change confirmed that asks for it.
  const given = counting.filter((role) => role !== 'owner');
  if (given.length > 0) {
    can('assign', 'RoleAssignment', { role: { $in: given }, personId: { $ne: person.id } });
    const waiting = { confirmerRoles: { $in: given } };
    can(['read', 'confirm'], 'ProposedChange', waiting);
    can('reject', 'ProposedChange', { ...waiting, state: 'open' });
  }
};

// What everybody may who can sign in, whatever their roles: what is their own.
const grantOwn = (can: AddRule, person: Person): void => {
  can(['start', 'end'], 'Session', { personId: person.id });
  can(['read', 'start', 'withdraw'], 'Delegation', { personId: person.id });
  can(['read', 'withdraw'], 'AccessRequest', { requestedById: person.id });
  can(['read', 'withdraw', 'confirm'], 'ProposedChange', { proposedById: person.id });
  can(['read', 'confirm'], 'ProposedChange', { confirmerIds: { $in: [person.id] } });
  // The owner of the tool's server says what an access grant may be, and asks for its publication.
  can('publish', 'PolicyVersion', {
    kind: 'access_grant',
    state: 'in_review',
    proposedById: person.id,
  });
  can(['read', 'draft', 'reject'], 'AccessRequest', {
    toolOwnerId: person.id,
    requestedById: { $ne: person.id },
  });
};

// What a token reaches besides: only what its own connection provisioned, which the commands check.
const grantScopes = (can: AddRule, scopes: readonly ScimScope[]): void => {
  if (scopes.includes('users:read')) can('read', 'Person');
  if (scopes.includes('users:write')) can('provision', 'Person');
  if (scopes.includes('groups:read')) can('read', 'Group');
  if (scopes.includes('groups:write')) can('provision', 'Group');
  if (scopes.includes('agents:read')) can('read', 'Agent');
  if (scopes.includes('agents:write')) can('provision', 'Agent');
};

/**
 * The one definition of what roles may do; the API enforces it and the console shows only what it
 * allows. An agent has no rights here; the system may do anything it is coded to do.
 */
export const abilityFor = (actor: Actor): PersonAbility => {
  const builder = new AbilityBuilder<PersonAbility>(createMongoAbility);
  if (actor.kind === 'person') {
    grantOwn(builder.can, actor);
    grantRoles(builder.can, actor);
  }
  if (actor.kind === 'scim') grantScopes(builder.can, actor.scopes);
  return builder.build({ anyAction: 'any action', anySubjectType: 'any subject' });
};

/** Whether the actor may do this to anything of the kind at all: for menus and routes, not for acts. */
export const isAllowed = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' || abilityFor(actor).can(permission.action, permission.subject);

/** Whether the actor may do this to this very instance. */
export const can = <S extends SubjectName>(
  actor: Actor,
  action: Action,
  subjectName: S,
  instance: Subjects[S],
): boolean =>
  actor.kind === 'system' || abilityFor(actor).can(action, asSubject(subjectName, { ...instance }));

/** One rule as CASL takes it; `conditions` are in Mongo's operators. */
export interface AbilityRule {
  action: Action[];
  subject: SubjectName[];
  conditions?: Record<string, unknown>;
  inverted?: boolean;
}

/** The actor's rules for the console, which shows only what they allow. */
export const rulesOf = (actor: Actor): AbilityRule[] =>
  abilityFor(actor).rules.map(({ action, subject, conditions, inverted }) => ({
    action: [action].flat(),
    // Rules are written with names of subjects only.
    subject: [subject].flat() as SubjectName[],
    ...(conditions === undefined ? {} : { conditions }),
    ...(inverted === undefined ? {} : { inverted }),
  }));
