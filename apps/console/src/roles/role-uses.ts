import type { Role, RoleView } from '../api/types.js';

/** What a role is for, in one line. */
export const ROLE_USES: Readonly<Record<Role, string>> = {
  it: 'Runs the installation: agents, people, issuers, SCIM, tool servers.',
  security: 'Decides what is allowed: policies, tool classes, stopping and revoking.',
  grc: 'Reads everything and verifies the ledger; changes nothing.',
  developer: 'Their own team’s agents: sees them, suspends them, asks for access.',
  office: 'The AI office: what agents do for the company, in numbers.',
  emergency: 'May open emergency access: the rights of IT and security for minutes, with an alert.',
  owner: 'Only at the start: adds people, appoints the first two holders of each role, retires.',
};

/** Whether a role that must be held is held by nobody. */
export const isMissing = ({ role, holderCount }: RoleView): boolean =>
  role !== 'owner' && holderCount === 0;

/** The roles that somebody can be given. */
export const GIVEN_ROLES = ['it', 'security', 'grc', 'developer', 'office', 'emergency'] as const;

export type GivenRole = (typeof GIVEN_ROLES)[number];

export const isGivenRole = (role: string): role is GivenRole =>
  GIVEN_ROLES.some((known) => known === role);
