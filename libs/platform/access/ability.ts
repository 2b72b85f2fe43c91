import {
  AbilityBuilder,
  createMongoAbility,
  subject as asSubject,
  type MongoAbility,
} from '@casl/ability';
import type { Actor, Role, ScimScope } from '#libs/platform/kernel';
import type { Action, Permission, SubjectName, Subjects } from './subjects.js';

/** What an actor may do; ask with {@link can}. */
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
  'ProposedChange',
];

// One function a role: what it adds. Nothing is removed, so a person with two roles has both.
const GRANT_ROLE: Record<Role, (can: Builder['can'], person: Person) => void> = {
  it: (can, person) => {
    can('read', [...READABLE]);
    can(['register', 'change', 'bind', 'suspend', 'retire'], 'Agent');
    can('activate', 'Agent', { stoppedBySecurity: false });
    can('register', 'ToolServer');
    can(['register', 'change', 'revoke'], 'Person');
    can(['register', 'change'], 'Team');
    can(['register', 'change', 'retire'], 'Issuer');
    can(['register', 'change', 'rotate', 'revoke'], 'ScimConnection');
    can(['register', 'change', 'retire'], 'SignalStream');
    can('block', 'UnregisteredAgent');
    can(['propose', 'withdraw'], 'GroupMapping');
    can('withdraw', 'RoleAssignment');
    can('rotate', 'SigningKey');
    can('revoke', ['AccessToken', 'Delegation']);
    can('activate', 'KillSwitch');
    can('release', ['KillSwitch', 'UnregisteredAgent'], { stoppedBySecurity: false });
    can('reject', 'AccessRequest', { state: { $in: ['open', 'drafted'] } });
    // Nobody else is there to say what an access grant may be: then a second person in IT publishes it.
    can('draft', 'AccessRequest', { canOwnerDraft: false, requestedById: { $ne: person.id } });
    can('reject', 'PolicyVersion', { kind: 'access_grant', state: 'in_review' });
    can('revoke', 'PolicyVersion', { kind: 'access_grant', state: 'active' });
    can('close', 'EmergencyAccess');
    can('reject', 'ProposedChange', { state: 'open' });
  },
  security: (can) => {
    can('read', [...READABLE]);
    can('suspend', 'Agent');
    can('propose', 'PolicyVersion');
    // IT registers a tool server, security says what its tools do: two people.
    can('classify', 'Tool');
    // Withdrawing or rejecting a proposal harms nobody, also one's own.
    can('reject', 'PolicyVersion', { state: 'in_review' });
    can('revoke', 'PolicyVersion', { kind: 'access_grant', state: 'active' });
    can('verify', 'LedgerEntry');
    can('revoke', ['Person', 'AccessToken', 'Delegation', 'ScimConnection']);
    can('retire', ['Issuer', 'SignalStream']);
    can('block', 'UnregisteredAgent');
    can(['propose', 'withdraw'], 'GroupMapping');
    can('withdraw', 'RoleAssignment');
    can('rotate', 'SigningKey');
    can('activate', 'KillSwitch');
    can('release', ['KillSwitch', 'UnregisteredAgent'], { stoppedBySecurity: false });
    can('close', 'EmergencyAccess');
    can('reject', 'ProposedChange', { state: 'open' });
  },
  grc: (can) => {
    can('read', [...READABLE]);
    can('verify', 'LedgerEntry');
  },
  developer: (can, person) => {
    const ownTeams = { $in: [...person.teamIds] };
    can('read', [
      'Overview',
      'ToolServer',
      'Tool',
      'Policy',
      'PolicyVersion',
      'Team',
      'KillSwitch',
    ]);
    can(['read', 'suspend'], 'Agent', { teamId: ownTeams });
    can('read', 'Call', { agentTeamId: ownTeams });
    can('read', 'AccessRequest', { agentTeamId: ownTeams });
    can('request', 'AccessRequest', { agentTeamId: ownTeams });
  },
  office: (can) => {
    can('read', ['Overview', 'Agent', 'ToolServer', 'Tool', 'Policy', 'PolicyVersion', 'Call']);
    can('read', ['Person', 'Group', 'Team', 'AccessRequest', 'KillSwitch', 'UnregisteredAgent']);
  },
  emergency: (can, person) => {
    can(['open', 'close'], 'EmergencyAccess', { personId: person.id });
  },
  owner: (can, person) => {
    can('read', ['Person', 'Team', 'RoleAssignment', 'Issuer']);
    can('register', ['Person', 'Team']);
    // The owner appoints the first two of each role, and then goes.
    can('assign', 'RoleAssignment', {
      hasTwoHolders: false,
      personId: { $ne: person.id },
      role: { $ne: 'owner' },
    });
    can('withdraw', 'RoleAssignment', { role: 'owner', personId: person.id });
  },
};

// What needs a second person needs one who has had the role for a while: a member who was added a
// moment ago, or who holds it in an emergency, does not count (invariant P10).
const SECOND_PERSON_RIGHTS: Partial<Record<Role, (can: Builder['can'], person: Person) => void>> = {
  it: (can, person) => {
    // An alert about a new holder of the role is not for them to set aside.
    can('acknowledge', 'Alert');
    can('confirm', 'ProposedChange', { confirmerRoles: { $in: ['it'] } });
    // Nobody publishes what they proposed or asked for.
    can('publish', 'PolicyVersion', {
      kind: 'access_grant',
      state: 'in_review',
      proposedById: { $ne: person.id },
      requestedById: { $ne: person.id },
    });
  },
  security: (can, person) => {
    can('acknowledge', 'Alert');
    can('confirm', 'ProposedChange', { confirmerRoles: { $in: ['security'] } });
    // What security stopped, security releases.
    can('activate', 'Agent', { stoppedBySecurity: true });
    can('release', ['KillSwitch', 'UnregisteredAgent'], { stoppedBySecurity: true });
    // Nobody publishes their own proposal.
    can('publish', 'PolicyVersion', {
      kind: 'policy',
      state: 'in_review',
      proposedById: { $ne: person.id },
    });
    // A role that nobody holds has nobody to give it.
    can('assign', 'RoleAssignment', {
      hasHolder: false,
      personId: { $ne: person.id },
      role: { $ne: 'owner' },
    });
  },
};

const grantRoles = (can: Builder['can'], person: Person): void => {
  const coolingOff = new Set(person.coolingOffRoles);
  const counting = person.roles.filter((role) => !coolingOff.has(role));
  for (const role of person.roles) GRANT_ROLE[role](can, person);
  for (const role of counting) SECOND_PERSON_RIGHTS[role]?.(can, person);
  // A role is given, and a group mapped to it, by somebody who holds it, never to themselves.
  const given = counting.filter((role) => role !== 'owner');
  if (given.length > 0) {
    can('assign', 'RoleAssignment', { role: { $in: given }, personId: { $ne: person.id } });
    can(['approve', 'reject'], 'GroupMapping', {
      role: { $in: given },
      state: 'proposed',
      proposedById: { $ne: person.id },
    });
  }
};

// What everybody may who can sign in, whatever their roles: what is their own.
const grantOwn = (can: Builder['can'], person: Person): void => {
  can(['start', 'end'], 'Session', { personId: person.id });
  can(['read', 'start', 'withdraw'], 'Delegation', { personId: person.id });
  can(['read', 'withdraw'], 'AccessRequest', { requestedById: person.id });
  can(['read', 'withdraw', 'confirm'], 'ProposedChange', { proposedById: person.id });
  can(['read', 'confirm'], 'ProposedChange', { confirmerIds: { $in: [person.id] } });
  // The owner of the tool's server says what an access grant may be.
  can(['read', 'draft', 'reject'], 'AccessRequest', {
    toolOwnerId: person.id,
    requestedById: { $ne: person.id },
  });
};

// What a token reaches besides: only what its own connection provisioned, which the commands check.
const grantScopes = (can: Builder['can'], scopes: readonly ScimScope[]): void => {
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
