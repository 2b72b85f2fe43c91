import type { Role } from '../api/types.js';
import type { Action, SubjectName } from './ability.js';

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  it: 'IT',
  security: 'security',
  grc: 'GRC',
  developer: 'developer',
  office: 'AI office',
  emergency: 'emergency access',
  owner: 'the installation’s owner',
};

/** Several roles as a sentence names them. */
export const roleWords = (
  roles: readonly Role[],
  type: Intl.ListFormatType = 'conjunction',
): string => new Intl.ListFormat('en', { type }).format(roles.map((role) => ROLE_LABELS[role]));

/**
 * Who can do what the reader may not. It explains only: the rules that decide come from the API.
 */
export const WHO_CAN: Readonly<Partial<Record<`${Action} ${SubjectName}`, readonly Role[]>>> = {
  'register Agent': ['it'],
  'change Agent': ['it'],
  'bind Agent': ['it'],
  'activate Agent': ['it', 'security'],
  'suspend Agent': ['it', 'security', 'developer'],
  'retire Agent': ['it'],
  'register ToolServer': ['it'],
  'classify Tool': ['security'],
  'take_over ToolServer': ['security'],
  'propose PolicyVersion': ['security'],
  'reject PolicyVersion': ['it', 'security'],
  'revoke PolicyVersion': ['it', 'security'],
  'read Call': ['it', 'security', 'grc', 'developer', 'office'],
  'read LedgerEntry': ['it', 'security', 'grc'],
  'verify LedgerEntry': ['security', 'grc'],
  'read Person': ['it', 'security', 'grc', 'office', 'owner'],
  'register Person': ['it', 'owner'],
  'change Person': ['it'],
  'revoke Person': ['it', 'security'],
  'activate Person': ['it', 'security'],
  'read Group': ['it', 'security', 'grc', 'office'],
  'read Team': ['it', 'security', 'grc', 'developer', 'office', 'owner'],
  'register Team': ['it', 'owner'],
  'change Team': ['it'],
  'read Issuer': ['it', 'security', 'grc', 'owner'],
  'register Issuer': ['it'],
  'change Issuer': ['it'],
  'retire Issuer': ['it', 'security'],
  'read RoleAssignment': ['it', 'security', 'grc', 'owner'],
  'withdraw RoleAssignment': ['it', 'security', 'owner'],
  'read GroupMapping': ['it', 'security', 'grc'],
  'assign GroupMapping': ['it', 'security'],
  'withdraw GroupMapping': ['it', 'security'],
  'read EmergencyAccess': ['it', 'security', 'grc'],
  'open EmergencyAccess': ['emergency'],
  'close EmergencyAccess': ['it', 'security', 'emergency'],
  'keep EmergencyAccess': ['it', 'security'],
  'read KillSwitch': ['it', 'security', 'grc', 'developer', 'office'],
  'activate KillSwitch': ['it', 'security'],
  'release KillSwitch': ['it', 'security'],
  'release UnregisteredAgent': ['it', 'security'],
  'revoke Delegation': ['it', 'security'],
  'revoke AccessToken': ['it', 'security'],
  'read SigningKey': ['it', 'security', 'grc'],
  'rotate SigningKey': ['it', 'security'],
  'read ScimConnection': ['it', 'security', 'grc'],
  'register ScimConnection': ['it'],
  'change ScimConnection': ['it'],
  'revoke ScimConnection': ['it', 'security'],
  'rotate ScimConnection': ['it'],
  'read SignalStream': ['it', 'security', 'grc'],
  'register SignalStream': ['it'],
  'change SignalStream': ['it'],
  'retire SignalStream': ['it', 'security'],
  'read UnregisteredAgent': ['it', 'security', 'grc', 'office'],
  'block UnregisteredAgent': ['it', 'security'],
  'request AccessRequest': ['developer'],
  'read Alert': ['it', 'security', 'grc'],
  'acknowledge Alert': ['it', 'security'],
};

/** Of those who can `activate Person`, who can enable this one. */
export const whoCanEnable = (person: { stoppedBySecurity: boolean }): readonly Role[] =>
  person.stoppedBySecurity ? ['security'] : ['it'];
