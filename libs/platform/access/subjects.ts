import type { Role } from '#libs/platform/kernel';

/** What the console's permissions are about, and the fields that a rule may look at. */
export interface Subjects {
  Overview: Record<string, never>;
  Agent: {
    id: string;
    teamId: string;
    ownerId: string;
    /** Security suspended it, and alone activates it again; where it is not loaded nobody activates. */
    stoppedBySecurity?: boolean;
  };
  ToolServer: { id: string; teamId: string };
  Tool: { id: string };
  Policy: { id: string };
  PolicyVersion: {
    id: string;
    proposedById: string | null;
    state: string;
    /** `access_grant`: a narrow rule that ends by itself, from an access request. */
    kind: 'policy' | 'access_grant';
    /** Who asked for the access grant; null for a policy. */
    requestedById: string | null;
  };
  Call: { agentTeamId: string };
  LedgerEntry: { id: string };
  Person: {
    id: string;
    /** Security disabled them, and alone enables them again; where it is not loaded nobody does. */
    stoppedBySecurity?: boolean;
  };
  Group: { id: string };
  Team: { id: string };
  Issuer: { id: string };
  /** A signed-in person's session with the console. */
  Session: { personId: string };
  /** That somebody has a role; how many active people have it already. */
  RoleAssignment: { personId: string; role: Role; hasHolder: boolean; hasTwoHolders: boolean };
  GroupMapping: { id: string; role: Role; state: string };
  EmergencyAccess: { personId: string };
  /** Kill switches of a tool, a tool server or everything (an agent's is its suspension). */
  KillSwitch: { scope: 'tool' | 'server' | 'everything'; stoppedBySecurity: boolean };
  /** A person's standing consent that an agent acts for them. */
  Delegation: { personId: string };
  /** One access token of an agent or about a person. */
  AccessToken: { issuer: string };
  SigningKey: { id: string };
  ScimConnection: { id: string };
  /** A token of a provisioning client, and who made it. */
  ScimToken: { id: string; createdById: string | null };
  SignalStream: { id: string };
  UnregisteredAgent: { id: string; stoppedBySecurity: boolean };
  AccessRequest: {
    id: string;
    state: string;
    requestedById: string;
    agentTeamId: string;
    /** Who owns the tool's server, and for which team. */
    toolOwnerId: string;
    /** Whether that person is still here and is not who asked. */
    canOwnerDraft: boolean;
    toolTeamId: string;
  };
  Alert: { id: string };
  /** A command's follow-up on its way to the queue. */
  FollowUp: { id: string };
  /** A command that waits for a second person. */
  ProposedChange: {
    id: string;
    state: string;
    proposedById: string;
    confirmerRoles: readonly Role[];
    confirmerIds: readonly string[];
  };
}

/** The name of a kind of thing that a permission is about. */
export type SubjectName = keyof Subjects;

/** Every {@link SubjectName}. */
export const SUBJECT_NAMES = [
  'Overview',
  'Agent',
  'ToolServer',
  'Tool',
  'Policy',
  'PolicyVersion',
  'Call',
  'LedgerEntry',
  'Person',
  'Group',
  'Team',
  'Issuer',
  'Session',
  'RoleAssignment',
  'GroupMapping',
  'EmergencyAccess',
  'KillSwitch',
  'Delegation',
  'AccessToken',
  'SigningKey',
  'ScimConnection',
  'ScimToken',
  'SignalStream',
  'UnregisteredAgent',
  'AccessRequest',
  'Alert',
  'FollowUp',
  'ProposedChange',
] as const satisfies readonly SubjectName[];

/** Everything that a person, or a SCIM client, can be permitted to do. */
export const ACTIONS = [
  'read',
  'register',
  'change',
  'bind',
  'activate',
  'suspend',
  'retire',
  'propose',
  'publish',
  'reject',
  'classify',
  'take_over',
  'verify',
  'start',
  'end',
  'open',
  'close',
  'keep',
  'assign',
  'withdraw',
  'release',
  'revoke',
  'rotate',
  'block',
  'request',
  'draft',
  'acknowledge',
  'confirm',
  'provision',
  'issue',
] as const;

/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/** A permission as a route or a command declares it. */
export interface Permission {
  action: Action;
  subject: SubjectName;
}
