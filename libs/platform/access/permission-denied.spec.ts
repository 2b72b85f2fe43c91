import { describe, expect, it } from 'vitest';
import { permissionDenied } from './permission-denied.js';

describe('the error of a missing permission', () => {
  it('names the roles that include it', () => {
    const error = permissionDenied({ action: 'activate', subject: 'KillSwitch' });
    expect(error.code).toBe('forbidden');
    expect(error.message).toBe(
      'You do not have permission to do this. Ask a colleague with the role IT or security.',
    );
  });

  it('names those that include it on this very one', () => {
    const activate = { action: 'activate', subject: 'Person' } as const;
    const disabledBy = (stoppedBySecurity: boolean) => ({ id: 'x', stoppedBySecurity });
    expect(permissionDenied(activate).message).toContain('role IT or security.');
    expect(permissionDenied(activate, disabledBy(false)).message).toContain('role IT.');
    expect(permissionDenied(activate, disabledBy(true)).message).toContain('role security.');
  });

  it('names none where everybody may do it to their own', () => {
    expect(permissionDenied({ action: 'withdraw', subject: 'Delegation' }).message).toBe(
      'You do not have permission to do this.',
    );
  });
});
