/** A person's role in the console (what they may do: `#libs/platform/access`). */
export const ROLES = [
  'it',
  'security',
  'grc',
  'developer',
  'office',
  'emergency',
  'owner',
] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  it: 'IT',
  security: 'security',
  grc: 'GRC',
  developer: 'developer',
  office: 'AI office',
  emergency: 'emergency access',
  owner: "the installation's owner",
};

/** Roles as sentences for people name them: "IT or security". */
export const roleNames = (
  roles: readonly Role[],
  type: 'conjunction' | 'disjunction' = 'disjunction',
): string => new Intl.ListFormat('en', { type }).format(roles.map((role) => ROLE_NAMES[role]));

/** What a SCIM bearer token may reach. */
export const SCIM_SCOPES = [
  'users:read',
  'users:write',
  'groups:read',
  'groups:write',
  'agents:read',
  'agents:write',
] as const;

/** One of {@link SCIM_SCOPES}. */
export type ScimScope = (typeof SCIM_SCOPES)[number];

/** Who does something: a signed-in person, a registered agent, a SCIM client, or the system. */
export type Actor =
  | {
      kind: 'person';
      id: string;
      name: string;
      roles: readonly Role[];
      teamIds: readonly string[];
      /** Those of `roles` that are too new, or too exceptional, to approve with. */
      coolingOffRoles?: readonly Role[];
      /** The console session that they came with: what they change is changed only while it lasts. */
      sessionId?: string;
    }
  | { kind: 'agent'; id: string; name: string }
  | {
      kind: 'scim';
      /** The connection's id: tokens come and go. */
      id: string;
      name: string;
      tokenId: string;
      scopes: readonly ScimScope[];
    }
  | { kind: 'system'; id: string; name: string };

/** The person who acts, for a column that names who did it; null when nobody in person did. */
export const personIdOf = (actor: Actor): string | null =>
  actor.kind === 'person' ? actor.id : null;

/** The system acting for itself; `part` says which part, for example `worker`. */
export const systemActor = (part: string): Actor => ({ kind: 'system', id: part, name: part });
