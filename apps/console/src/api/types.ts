/**
 * The shapes that the published API speaks, by name. The only file that knows how the generated
 * types are built.
 */
import type { components, paths } from './schema.js';

type Schemas = components['schemas'];

type JsonOf<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Method = 'get' | 'post' | 'patch' | 'put';

/** What a request is answered with. */
type Answer<Path extends keyof paths, M extends Method> = paths[Path][M] extends {
  responses: infer Responses;
}
  ? JsonOf<Responses[Extract<keyof Responses, 200 | 201>]>
  : never;

/** What a write sends. */
type Body<Path extends keyof paths, M extends Method = 'post'> = paths[Path][M] extends {
  requestBody: infer Request;
}
  ? JsonOf<Request>
  : never;

export type Page<T> = { items: T[]; total: number };

export type Ref = Schemas['Ref'];
export type PersonRef = Schemas['PersonRef'];
export type Role = Schemas['Role'];
export type Problem = Schemas['Problem'];
export type FieldProblem = NonNullable<Problem['problems']>[number];

export type Session = Schemas['Session'];
export type Person = Schemas['Person'];
export type Issuer = Schemas['Issuer'];
export type Overview = Schemas['Overview'];
export type CallCounts = Overview['callsLast24h'];

export type Agent = Schemas['Agent'];
export type AgentDetail = Schemas['AgentDetail'];
export type RiskTier = Schemas['RiskTier'];
export type RegisterAgent = Body<'/api/v1/agents'>;
export type ChangeAgent = Body<'/api/v1/agents/{id}', 'patch'>;
export type ReassignAgent = Body<'/api/v1/agents/{id}/reassign'>;
export type BindAgent = Body<'/api/v1/agents/{id}/bindings'>;
export type Binding = AgentDetail['bindings'][number];
export type BindingKind = Binding['kind'];
export type BindingCondition = Binding['conditions'][number];
export type AgentRights = Schemas['AgentRights'];
export type Right = AgentRights['items'][number];
export type RightEffect = Right['effect'];
export type ToolRef = Right['tool'];

export type ToolServer = Schemas['ToolServer'];
export type ToolServerDetail = Schemas['ToolServerDetail'];
export type ToolServerKind = ToolServer['kind'];
export type RegisterToolServer = Body<'/api/v1/tool-servers'>;
export type TestToolServer = Body<'/api/v1/tool-servers/test'>;
export type ToolServerTest = Answer<'/api/v1/tool-servers/test', 'post'>;
export type RefreshTools = Body<'/api/v1/tool-servers/{id}/refresh-tools'>;
export type Tool = Schemas['Tool'];
export type ToolDetail = Schemas['ToolDetail'];
export type Classification = Schemas['Classification'];
export type ClassifyTool = Body<'/api/v1/tools/{id}/classification'>;

export type Policy = Schemas['Policy'];
export type PolicyDetail = Schemas['PolicyDetail'];
export type PolicyVersion = Schemas['PolicyVersion'];
export type PolicyVersionDetail = Schemas['PolicyVersionDetail'];
export type ImpactItem = PolicyVersionDetail['impact'][number];
export type PolicyValidation = Answer<'/api/v1/policies/validate', 'post'>;
export type PolicyProblem = PolicyValidation['problems'][number];
export type ProposePolicy = Body<'/api/v1/policy-versions'>;
export type ProposeDenial = Body<'/api/v1/policy-versions/denials'>;

export type Call = Schemas['Call'];
export type CallDetail = Schemas['CallDetail'];

export type KillSwitch = Schemas['KillSwitch'];
export type NewKillSwitch = Body<'/api/v1/kill-switches'>;
export type Alert = Answer<'/api/v1/alerts/{id}', 'get'>;
export type ProposedChangeDetail = Answer<'/api/v1/proposed-changes/{id}', 'get'>;
export type ProposedChange = Omit<ProposedChangeDetail, 'effect' | 'reason'>;
export type UnregisteredAgent = Schemas['UnregisteredAgent'];
export type RegisterUnregisteredAgent = Body<'/api/v1/unregistered-agents/{id}/register'>;
export type AccessRequestDetail = Answer<'/api/v1/access-requests/{id}', 'get'>;
export type AccessRequest = Omit<AccessRequestDetail, 'accessGrantText'>;
export type RequestAccess = Body<'/api/v1/access-requests'>;
export type DraftAccessGrant = Body<'/api/v1/access-requests/{id}/draft'>;
export type Delegation = Answer<'/api/v1/delegations/{id}', 'get'>;
export type GrantDelegation = Body<'/api/v1/delegations'>;
export type DelegationAgent = Answer<'/api/v1/delegations/agents', 'get'>['items'][number];

export type LedgerEntry = Schemas['LedgerEntry'];
export type LedgerEntryDetail = Schemas['LedgerEntryDetail'];
export type LedgerVerification = Schemas['LedgerVerification'];

export type PersonDetail = Schemas['PersonDetail'];
export type RoleSource = PersonDetail['roleSources'][number];
export type RegisterPerson = Body<'/api/v1/people'>;
export type ChangePerson = Body<'/api/v1/people/{id}', 'patch'>;
export type Group = Schemas['Group'];
export type GroupDetail = Schemas['GroupDetail'];
export type Team = Schemas['Team'];
export type OrphanRule = Team['orphanRule'];
export type RegisterTeam = Body<'/api/v1/teams'>;
export type ChangeTeam = Body<'/api/v1/teams/{id}', 'patch'>;
export type RoleView = Answer<'/api/v1/roles', 'get'>['items'][number];
export type RoleHolder = RoleView['holders'][number];
export type RoleAssignment = Body<'/api/v1/roles/assignments'>;
export type RoleWithdrawal = Body<'/api/v1/roles/withdrawals'>;
export type GroupMapping = Answer<'/api/v1/group-mappings/{id}', 'get'>;
export type MapGroup = Body<'/api/v1/group-mappings'>;
export type EmergencyAccess = Answer<'/api/v1/emergency-access', 'post'>;
export type OpenEmergency = Body<'/api/v1/emergency-access'>;
export type Setup = Answer<'/api/v1/setup', 'get'>;
export type SignInProvider = Answer<'/api/sign-in/providers', 'get'>['items'][number];

export type IssuerDetail = Schemas['IssuerDetail'];
export type IssuerTest = Schemas['IssuerTest'];
export type TrustIssuer = Schemas['TrustIssuer'];
export type TokenProfile = TrustIssuer['profile'];
export type ChangeIssuer = Schemas['ChangeIssuer'];
export type ConfigureSignIn = Schemas['ConfigureSignIn'];
export type TestIssuer = Schemas['TestIssuer'];
export type ScimConnection = Schemas['ScimConnection'];
export type ScimKind = ScimConnection['kind'];
export type ScimToken = Schemas['ScimToken'];
export type ScimScope = Schemas['ScimScope'];
export type NewScimToken = Schemas['NewScimToken'];
export type RegisterScimConnection = Schemas['RegisterScimConnection'];
export type ChangeScimConnection = Schemas['ChangeScimConnection'];
export type CreateScimToken = Schemas['CreateScimToken'];
export type RotateScimToken = Schemas['RotateScimToken'];
export type SignalStream = Answer<'/api/v1/signal-streams', 'get'>['items'][number];
export type SignalStreamDetail = Answer<'/api/v1/signal-streams/{id}', 'get'>;
export type RegisterSignalStream = Body<'/api/v1/signal-streams'>;
export type ChangeSignalStream = Body<'/api/v1/signal-streams/{id}', 'patch'>;
export type SigningKey = Answer<'/api/v1/signing-keys', 'get'>['items'][number];
export type RotateSigningKey = Body<'/api/v1/signing-keys/rotate'>;
