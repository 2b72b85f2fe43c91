import type { Role } from '#libs/platform/kernel';
import type { AddRule, Person } from './person-ability.js';
import type { SubjectName } from './subjects.js';

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

type Rights = (can: AddRule, person: Person) => void;

/** What each role adds. Nothing is removed, so a person with two roles has both. */
export const ROLE_RIGHTS: Readonly<Record<Role, Rights>> = {
  it: (can, person) => {
    can('read', [...READABLE]);
    can(['register', 'change', 'bind', 'suspend', 'retire'], 'Agent');
    can('activate', 'Agent', { stoppedBySecurity: false });
    can('register', 'ToolServer');
    can(['register', 'change', 'revoke'], 'Person');
    can('activate', 'Person', { stoppedBySecurity: false });
    can('reject', 'Person', { id: { $ne: person.id } });
    can(['register', 'change'], 'Team');
    can(['register', 'change', 'retire'], 'Issuer');
    can(['register', 'change', 'rotate', 'revoke'], 'ScimConnection');
    can('activate', 'ScimToken', { createdById: person.id });
    can(['register', 'change', 'retire'], 'SignalStream');
    can('block', 'UnregisteredAgent');
    can(['assign', 'withdraw'], 'GroupMapping');
    can('withdraw', 'RoleAssignment');
    can('rotate', 'SigningKey');
    can('revoke', ['AccessToken', 'Delegation']);
    can('activate', 'KillSwitch');
    can('release', ['KillSwitch', 'UnregisteredAgent'], { stoppedBySecurity: false });
    can('reject', 'AccessRequest', { state: { $in: ['open', 'drafted'] } });
    // Nobody else is there to say what an access grant may be: then a second person in IT publishes it.
    can('draft', 'AccessRequest', { canOwnerDraft: false, requestedById: { $ne: person.id } });
    can(['publish', 'reject'], 'PolicyVersion', { kind: 'access_grant', state: 'in_review' });
    can('revoke', 'PolicyVersion', { kind: 'access_grant', state: 'active' });
    can('close', 'EmergencyAccess');
    can('reject', 'ProposedChange', { state: 'open' });
  },
  security: (can, person) => {
    can('reject', 'Person', { id: { $ne: person.id } });
    can('read', [...READABLE]);
    can('suspend', 'Agent');
    can('propose', 'PolicyVersion');
    // A second person confirms it, always.
    can('publish', 'PolicyVersion', { kind: 'policy', state: 'in_review' });
    // IT registers a tool server, security says what its tools do: two people.
    can('classify', 'Tool');
    can('take_over', 'ToolServer');
    // Withdrawing or rejecting a proposal harms nobody, also one's own.
    can('reject', 'PolicyVersion', { state: 'in_review' });
    can('revoke', 'PolicyVersion', { kind: 'access_grant', state: 'active' });
    can('verify', 'LedgerEntry');
    can('revoke', ['Person', 'AccessToken', 'Delegation', 'ScimConnection']);
    can('retire', ['Issuer', 'SignalStream']);
    can('block', 'UnregisteredAgent');
    can(['assign', 'withdraw'], 'GroupMapping');
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

/**
 * What each role adds for somebody who has had it for a while. What needs a second person needs such a one: a
 * member who was added a moment ago, or who holds the role in an emergency, does not count (invariant P10).
 */
export const SECOND_PERSON_RIGHTS: Readonly<Partial<Record<Role, Rights>>> = {
  it: (can, person) => {
    // An alert about a new holder of the role is not for them to set aside.
    can('acknowledge', 'Alert');
    can('confirm', 'Person', { id: { $ne: person.id } });
    // What was done in an emergency stays when two people want it.
    can('keep', 'EmergencyAccess');
  },
  security: (can, person) => {
    can('acknowledge', 'Alert');
    can('confirm', 'Person', { id: { $ne: person.id } });
    can('keep', 'EmergencyAccess');
    // What security stopped, security releases.
    can('activate', ['Agent', 'Person'], { stoppedBySecurity: true });
    can('release', ['KillSwitch', 'UnregisteredAgent'], { stoppedBySecurity: true });
    // A role that nobody holds has nobody to give it.
    can('assign', 'RoleAssignment', {
      hasHolder: false,
      personId: { $ne: person.id },
      role: { $ne: 'owner' },
    });
  },
};
