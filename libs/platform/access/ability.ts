import {
  AbilityBuilder,
  createMongoAbility,
  subject as asSubject,
  type MongoAbility,
} from '@casl/ability';
import { packRules } from '@casl/ability/extra';
import type { Actor, Role, ScimScope } from '#libs/platform/kernel';
import type { Action, Permission, SubjectName, Subjects } from './subjects.js';

/** What an actor may do; ask with {@link may}. */
export type PersonAbility = MongoAbility<[Action, SubjectName | object]>;

type Person = Extract<Actor, { kind: 'person' }>;
type Builder = AbilityBuilder<PersonAbility>;

const READABLE: readonly SubjectName[] = [
  'Overview',
  'Agent',
  'ToolServer',
  'Tool',
  'Policy',
  'PolicyVersion',
  'Call',
  'LedgerEntry',
  'Person',
  'Group',
  'Team',
  'Issuer',
  'RoleAssignment',
  'GroupMapping',
  'EmergencyAccess',
  'KillSwitch',
  'Delegation',
  'SigningKey',
  'ScimConnection',
  'SignalStream',
  'UnregisteredAgent',
  'AccessRequest',
  'Alert',
];

// One function a role: what it adds. Nothing is taken away, so a person with two roles has both.
const GRANT_ROLE: Record<Role, (may: Builder['can'], person: Person) => void> = {
  it: (may, person) => {
    may('read', [...READABLE]);
    may(['register', 'change', 'bind', 'activate', 'suspend', 'retire'], 'Agent');
    may('register', 'ToolServer');
    may(['register', 'change', 'revoke'], 'Person');
    may(['register', 'change'], 'Team');
    may(['register', 'change', 'retire'], 'Issuer');
    may(['register', 'change', 'rotate', 'revoke'], 'ScimConnection');
    may(['register', 'change', 'retire'], 'SignalStream');
    may('block', 'UnregisteredAgent');
    may(['propose', 'withdraw'], 'GroupMapping');
    may('withdraw', 'RoleAssignment');
    may('rotate', 'SigningKey');
    may('revoke', ['AccessToken', 'Delegation']);
    may(['activate', 'release'], 'KillSwitch');
    may('reject', 'AccessRequest', { state: { $in: ['open', 'drafted'] } });
    // Nobody else is there to say what a grant may be: then a second person in IT publishes it.
    may('draft', 'AccessRequest', { canOwnerDraft: false, requestedById: { $ne: person.id } });
    may('reject', 'PolicyVersion', { kind: 'grant', state: 'in_review' });
    may('end', 'PolicyVersion', { kind: 'grant', state: 'active' });
    may('end', 'EmergencyAccess');
  },
  security: (may) => {
    may('read', [...READABLE]);
    may('suspend', 'Agent');
    may('propose', 'PolicyVersion');
    // IT registers a tool server, security says what its tools do: two people.
    may('classify', 'Tool');
    // Withdrawing or rejecting a proposal harms nobody, also one's own.
    may('reject', 'PolicyVersion', { state: 'in_review' });
    may('end', 'PolicyVersion', { kind: 'grant', state: 'active' });
    may('verify', 'LedgerEntry');
    may('revoke', ['Person', 'AccessToken', 'Delegation', 'ScimConnection']);
    may('retire', ['Issuer', 'SignalStream']);
    may('block', 'UnregisteredAgent');
    may(['propose', 'withdraw'], 'GroupMapping');
    may('withdraw', 'RoleAssignment');
    may('rotate', 'SigningKey');
    may(['activate', 'release'], 'KillSwitch');
    may('end', 'EmergencyAccess');
  },
  grc: (may) => {
    may('read', [...READABLE]);
    may('verify', 'LedgerEntry');
  },
  developer: (may, person) => {
    const ownTeams = { $in: [...person.teamIds] };
    may('read', [
      'Overview',
      'ToolServer',
      'Tool',
      'Policy',
      'PolicyVersion',
      'Team',
      'KillSwitch',
    ]);
    may(['read', 'suspend'], 'Agent', { teamId: ownTeams });
    may('read', 'Call', { agentTeamId: ownTeams });
    may('read', 'AccessRequest', { agentTeamId: ownTeams });
    may('request', 'AccessRequest', { agentTeamId: ownTeams });
  },
  office: (may) => {
    may('read', ['Overview', 'Agent', 'ToolServer', 'Tool', 'Policy', 'PolicyVersion', 'Call']);
    may('read', ['Person', 'Group', 'Team', 'AccessRequest', 'KillSwitch', 'UnregisteredAgent']);
  },
  emergency: (may, person) => {
    may(['start', 'end'], 'EmergencyAccess', { personId: person.id });
  },
  owner: (may, person) => {
    may('read', ['Person', 'Team', 'RoleAssignment', 'Issuer']);
    may('register', ['Person', 'Team']);
    // The owner appoints others, and then goes.
    may('assign', 'RoleAssignment', {
      hasHolder: false,
      personId: { $ne: person.id },
      role: { $ne: 'owner' },
    });
    may('withdraw', 'RoleAssignment', { role: 'owner', personId: person.id });
  },
};

// What needs a second person needs one who has had the role for a while: a member who was added a
// moment ago, or who holds it in an emergency, does not count (invariant P10).
const SECOND_PERSON_RIGHTS: Partial<Record<Role, (may: Builder['can'], person: Person) => void>> = {
  it: (may, person) => {
    // An alert about a new holder of the role is not for them to set aside.
    may('acknowledge', 'Alert');
    // Nobody publishes what they proposed or asked for.
    may('publish', 'PolicyVersion', {
      kind: 'grant',
      state: 'in_review',
      proposedById: { $ne: person.id },
      requestedById: { $ne: person.id },
    });
  },
  security: (may, person) => {
    may('acknowledge', 'Alert');
    // Nobody publishes their own proposal.
    may('publish', 'PolicyVersion', {
      kind: 'policy',
      state: 'in_review',
      proposedById: { $ne: person.id },
    });
    // A role that nobody holds has nobody to give it.
    may('assign', 'RoleAssignment', {
      hasHolder: false,
      personId: { $ne: person.id },
      role: { $ne: 'owner' },
    });
  },
};

const grantRoles = (may: Builder['can'], person: Person): void => {
  const fresh = new Set(person.coolingOffRoles);
  const settled = person.roles.filter((role) => !fresh.has(role));
  for (const role of person.roles) GRANT_ROLE[role](may, person);
  for (const role of settled) SECOND_PERSON_RIGHTS[role]?.(may, person);
  // A role is given, and a group mapped to it, by somebody who holds it, never to themselves.
  const given = settled.filter((role) => role !== 'owner');
  if (given.length > 0) {
    may('assign', 'RoleAssignment', { role: { $in: given }, personId: { $ne: person.id } });
    may(['approve', 'reject'], 'GroupMapping', {
      role: { $in: given },
      state: 'proposed',
      proposedById: { $ne: person.id },
    });
  }
};

// What everybody may who can sign in, whatever their roles: what is their own.
const grantOwn = (may: Builder['can'], person: Person): void => {
  may(['start', 'end'], 'Session', { personId: person.id });
  may(['read', 'start', 'withdraw'], 'Delegation', { personId: person.id });
  may(['read', 'withdraw'], 'AccessRequest', { requestedById: person.id });
  // Whoever owns the tool's server says what a grant may be.
  may(['read', 'draft', 'reject'], 'AccessRequest', {
    toolOwnerId: person.id,
    requestedById: { $ne: person.id },
  });
};

// What a token reaches besides: only what its own connection provisioned, which the commands check.
const grantScopes = (may: Builder['can'], scopes: readonly ScimScope[]): void => {
  if (scopes.includes('users:read')) may('read', 'Person');
  if (scopes.includes('users:write')) may('provision', 'Person');
  if (scopes.includes('groups:read')) may('read', 'Group');
  if (scopes.includes('groups:write')) may('provision', 'Group');
  if (scopes.includes('agents:read')) may('read', 'Agent');
  if (scopes.includes('agents:write')) may('provision', 'Agent');
};

/**
 * The one definition of what roles may do; the API enforces it and the console shows only what it
 * allows. An agent has no rights here; the installation itself may do anything it is coded to do.
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
export const may = <S extends SubjectName>(
  actor: Actor,
  action: Action,
  subjectName: S,
  instance: Subjects[S],
): boolean =>
  actor.kind === 'system' || abilityFor(actor).can(action, asSubject(subjectName, { ...instance }));

/** The actor's rules for the console, as CASL's packRules writes them. */
export const packedRules = (actor: Actor): unknown[][] => packRules(abilityFor(actor).rules);
