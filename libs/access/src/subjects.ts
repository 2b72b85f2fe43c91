/** What the console's permissions are about, and the fields that a rule may look at. */
export interface Subjects {
  Overview: Record<string, never>;
  Agent: { id: string; teamId: string; ownerId: string };
  ToolServer: { id: string; teamId: string };
  Tool: { id: string };
  Policy: { id: string };
  PolicyVersion: { id: string; proposedById: string | null; state: string };
  Call: { agentTeamId: string };
  LedgerEntry: { id: string };
  Person: { id: string };
  Team: { id: string };
  Issuer: { id: string };
  /** A signed-in person's session with the console. */
  Session: { personId: string };
}

/** The name of a kind of thing that a permission is about. */
export type SubjectName = keyof Subjects;

/** Everything that a person can be permitted to do. */
export const ACTIONS = [
  'read',
  'register',
  'bind',
  'activate',
  'suspend',
  'propose',
  'publish',
  'reject',
  'classify',
  'verify',
  'start',
  'end',
] as const;

/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/** A permission as a route or a command declares it. */
export interface Permission {
  action: Action;
  subject: SubjectName;
}
