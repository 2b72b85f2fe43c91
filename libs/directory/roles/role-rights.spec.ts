import { ROLES } from '#libs/platform/kernel';
import { describe, expect, it } from 'vitest';
import { roleRights, UNNAMED_CONDITION } from './role-rights.js';

describe('the words for what a role may do', () => {
  it.each(ROLES)('are there for every rule of %s, and are words', (role) => {
    const lines = roleRights(role);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^[a-z, ]+: [a-z', ]+$/);
      expect(line).not.toContain(UNNAMED_CONDITION);
    }
  });

  it('come from the rules that are enforced', () => {
    expect(roleRights('developer')).toContain('read, suspend: agent of their own teams');
    expect(roleRights('security')).toContain(
      'publish: policy version that are not access grants, in review',
    );
    for (const line of roleRights('grc')) {
      expect(line).toMatch(/^(read|read, verify|assign|read, confirm|reject): /);
    }
    expect(roleRights('emergency')).toContain('open, close: emergency access of their own');
  });
});
