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

  it('names none where everybody may do it to their own', () => {
    expect(permissionDenied({ action: 'withdraw', subject: 'Delegation' }).message).toBe(
      'You do not have permission to do this.',
    );
  });
});
