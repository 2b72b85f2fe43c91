import { describe, expect, it } from 'vitest';
import { newId, ROLES, systemActor, type Actor, type Role } from '#libs/platform/kernel';
import { can, isAllowed, type Subjects } from './index.js';

const person = (
  roles: readonly Role[],
  coolingOffRoles: readonly Role[] = [],
): Actor & { kind: 'person' } => ({
  kind: 'person',
  id: newId(),
  name: roles.join(),
  roles,
  teamIds: [],
  coolingOffRoles,
});

const accessGrantOf = (
  more: Partial<Subjects['PolicyVersion']> = {},
): Subjects['PolicyVersion'] => ({
  id: newId(),
  state: 'in_review',
  kind: 'access_grant',
  proposedById: newId(),
  requestedById: newId(),
  ...more,
});

describe('proposing a publication', () => {
  it('of a policy is for security, of an access grant for IT and for who drafted it', () => {
    const policy = accessGrantOf({ kind: 'policy', requestedById: null });
    expect(can(person(['security']), 'publish', 'PolicyVersion', policy)).toBe(true);
    expect(can(person(['it']), 'publish', 'PolicyVersion', policy)).toBe(false);
    expect(can(person(['it']), 'publish', 'PolicyVersion', accessGrantOf())).toBe(true);
    expect(can(person(['security']), 'publish', 'PolicyVersion', accessGrantOf())).toBe(false);
    const drafter = person([]);
    const own = accessGrantOf({ proposedById: drafter.id });
    expect(can(drafter, 'publish', 'PolicyVersion', own)).toBe(true);
    const ownPolicy = { ...policy, proposedById: drafter.id };
    expect(can(drafter, 'publish', 'PolicyVersion', ownPolicy)).toBe(false);
  });

  it('is of what is in review alone', () => {
    for (const kind of ['policy', 'access_grant'] as const)
      for (const state of ['active', 'archived', 'rejected']) {
        const version = accessGrantOf({ kind, state });
        expect(can(person([...ROLES]), 'publish', 'PolicyVersion', version)).toBe(false);
      }
  });
});

describe('a role', () => {
  const assignment = (role: Role, more: Partial<Subjects['RoleAssignment']> = {}) => ({
    personId: newId(),
    role,
    hasHolder: true,
    hasTwoHolders: true,
    ...more,
  });

  it('is given by who holds it', () => {
    for (const role of ROLES.filter((one) => one !== 'owner')) {
      expect(can(person([role]), 'assign', 'RoleAssignment', assignment(role))).toBe(true);
    }
    expect(can(person(['it']), 'assign', 'RoleAssignment', assignment('security'))).toBe(false);
    expect(can(person(['it'], ['it']), 'assign', 'RoleAssignment', assignment('it'))).toBe(false);
  });

  it('is never given to oneself', () => {
    for (const role of ROLES) {
      const actor = person([role, 'security', 'owner']);
      const own = assignment(role, { personId: actor.id });
      expect(can(actor, 'assign', 'RoleAssignment', own)).toBe(false);
    }
  });

  it('without a holder is given by the owner or by security', () => {
    const first = assignment('grc', { hasHolder: false, hasTwoHolders: false });
    const second = assignment('grc', { hasTwoHolders: false });
    expect(can(person(['owner']), 'assign', 'RoleAssignment', first)).toBe(true);
    expect(can(person(['security']), 'assign', 'RoleAssignment', first)).toBe(true);
    expect(can(person(['owner']), 'assign', 'RoleAssignment', second)).toBe(true);
    expect(can(person(['security']), 'assign', 'RoleAssignment', second)).toBe(false);
    expect(can(person(['owner']), 'assign', 'RoleAssignment', assignment('grc'))).toBe(false);
    const owner = assignment('owner', { hasHolder: false, hasTwoHolders: false });
    for (const actor of [person(['owner']), person(['security']), person([...ROLES])])
      expect(can(actor, 'assign', 'RoleAssignment', owner)).toBe(false);
  });

  it('confirms, rejects and shows the changes that ask for it, once it has cooled off', () => {
    const change = (...confirmerRoles: Role[]) => ({
      id: newId(),
      state: 'open',
      proposedById: newId(),
      confirmerRoles,
      confirmerIds: [],
    });
    for (const role of ROLES.filter((one) => one !== 'owner'))
      for (const action of ['confirm', 'reject', 'read'] as const)
        expect(can(person([role]), action, 'ProposedChange', change(role))).toBe(true);
    for (const [actor, asked] of [
      [person(['it']), 'security'],
      [person(['grc']), 'office'],
      [person(['grc'], ['grc']), 'grc'],
      [person(['owner']), 'owner'],
    ] as const)
      expect(can(actor, 'confirm', 'ProposedChange', change(asked))).toBe(false);
    expect(can(person(['office']), 'read', 'ProposedChange', change('grc'))).toBe(false);
  });
});

describe('grc', () => {
  it('reads everything and writes nothing', () => {
    const actor = person(['grc']);
    for (const subject of ['Agent', 'Policy', 'LedgerEntry', 'Person', 'ScimConnection'] as const)
      expect(isAllowed(actor, { action: 'read', subject })).toBe(true);
    for (const action of ['register', 'change', 'suspend', 'propose', 'activate', 'block'] as const)
      for (const subject of [
        'Agent',
        'Person',
        'PolicyVersion',
        'KillSwitch',
        'UnregisteredAgent',
      ] as const)
        expect(isAllowed(actor, { action, subject })).toBe(false);
  });
});

describe('a SCIM client', () => {
  const client = (scopes: (Actor & { kind: 'scim' })['scopes']): Actor => ({
    kind: 'scim',
    id: newId(),
    name: 'Entra',
    tokenId: newId(),
    scopes,
  });

  it('provisions what its scopes say and nothing else', () => {
    expect(can(client(['users:write']), 'provision', 'Person', { id: '1' })).toBe(true);
    expect(can(client(['users:read']), 'provision', 'Person', { id: '1' })).toBe(false);
    expect(can(client(['users:write']), 'provision', 'Group', { id: '1' })).toBe(false);
  });

  it('never touches roles, mappings or its own tokens', () => {
    const all = client(['users:write', 'groups:write', 'agents:write', 'users:read']);
    for (const subject of ['RoleAssignment', 'GroupMapping', 'ScimConnection', 'Issuer'] as const)
      for (const action of [
        'read',
        'assign',
        'confirm',
        'propose',
        'register',
        'provision',
      ] as const)
        expect(isAllowed(all, { action, subject })).toBe(false);
  });
});

describe('everybody', () => {
  it('may only what is their own, without a role', () => {
    const actor = person([]);
    expect(can(actor, 'start', 'Delegation', { personId: actor.id })).toBe(true);
    expect(can(actor, 'start', 'Delegation', { personId: newId() })).toBe(false);
    expect(isAllowed(actor, { action: 'read', subject: 'Agent' })).toBe(false);
  });

  it('but the system, and an agent never', () => {
    expect(isAllowed(systemActor('spec'), { action: 'assign', subject: 'RoleAssignment' })).toBe(
      true,
    );
    const agent: Actor = { kind: 'agent', id: newId(), name: 'a' };
    expect(isAllowed(agent, { action: 'read', subject: 'Overview' })).toBe(false);
  });
});
