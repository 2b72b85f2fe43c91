import type { Role } from '../api/types.js';
import type { Action, SubjectName } from './ability.js';

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  it: 'IT',
  security: 'security',
  grc: 'GRC',
  developer: 'developer',
  office: 'AI office',
};

/**
 * Who can do what the reader may not. It explains only: the rules that decide come from the API.
 */
export const WHO_MAY: Readonly<Partial<Record<`${Action} ${SubjectName}`, readonly Role[]>>> = {
  'register Agent': ['it'],
  'bind Agent': ['it'],
  'activate Agent': ['it'],
  'suspend Agent': ['it', 'security'],
  'register ToolServer': ['it'],
  'propose PolicyVersion': ['security'],
  'publish PolicyVersion': ['security'],
  'reject PolicyVersion': ['security'],
  'classify Tool': ['security'],
  'verify LedgerEntry': ['security', 'grc'],
  'read LedgerEntry': ['it', 'security', 'grc'],
  'read Person': ['it', 'security', 'grc', 'office'],
  'read Issuer': ['it', 'security', 'grc'],
  'read Call': ['it', 'security', 'grc', 'office', 'developer'],
};

/** "security", "IT and security", or null when nobody is known. */
export const whoMay = (action: Action, subject: SubjectName): string | null => {
  const roles = WHO_MAY[`${action} ${subject}`];
  return roles === undefined
    ? null
    : new Intl.ListFormat('en').format(roles.map((role) => ROLE_WORDS[role]));
};
