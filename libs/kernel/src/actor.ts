/** A person's role in the console (what they may do: `#libs/access`). */
export const ROLES = ['it', 'security', 'grc', 'developer', 'office'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Who does something: a signed-in person, a registered agent, or the installation itself. */
export type Actor =
  | { kind: 'person'; id: string; name: string; roles: readonly Role[]; teamIds: readonly string[] }
  | { kind: 'agent'; id: string; name: string }
  | { kind: 'system'; id: string; name: string };

/** The installation acting for itself; `part` says which part, for example `worker`. */
export const systemActor = (part: string): Actor => ({ kind: 'system', id: part, name: part });
