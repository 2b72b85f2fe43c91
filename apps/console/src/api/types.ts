/**
 * The shapes that the published API speaks, by name. The only file that knows how the generated
 * types are built.
 */
import type { components, paths } from './schema.js';

type Schemas = components['schemas'];

type JsonOf<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Method = 'get' | 'post';

/** What a request is answered with. */
type Answer<Path extends keyof paths, M extends Method> = paths[Path][M] extends {
  responses: infer Responses;
}
  ? JsonOf<Responses[Extract<keyof Responses, 200 | 201>]>
  : never;

/** What a write sends. */
type Body<Path extends keyof paths> = paths[Path]['post'] extends { requestBody: infer Request }
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
export type RegisterAgent = Body<'/api/agents'>;
export type BindAgent = Body<'/api/agents/{id}/bindings'>;
export type AgentRights = Schemas['AgentRights'];
export type Right = AgentRights['items'][number];
export type RightEffect = Right['effect'];
export type ToolRef = Right['tool'];

export type ToolServer = Schemas['ToolServer'];
export type ToolServerKind = ToolServer['kind'];
export type RegisterToolServer = Body<'/api/tool-servers'>;
export type DiscoverAgain = Body<'/api/tool-servers/{id}/discovery'>;
export type Tool = Schemas['Tool'];
export type ToolDetail = Schemas['ToolDetail'];
export type Classification = Schemas['Classification'];
export type ClassifyTool = Body<'/api/tools/{id}/classification'>;

export type Policy = Schemas['Policy'];
export type PolicyDetail = Schemas['PolicyDetail'];
export type PolicyVersion = Schemas['PolicyVersion'];
export type PolicyVersionDetail = Schemas['PolicyVersionDetail'];
export type ImpactItem = PolicyVersionDetail['impact'][number];
export type PolicyValidation = Answer<'/api/policies/validate', 'post'>;
export type PolicyProblem = PolicyValidation['problems'][number];
export type ProposePolicy = Body<'/api/policy-versions'>;
export type ProposeDenial = Body<'/api/policy-versions/denials'>;

export type Call = Schemas['Call'];
export type CallDetail = Schemas['CallDetail'];

export type LedgerEntry = Schemas['LedgerEntry'];
export type LedgerEntryDetail = Schemas['LedgerEntryDetail'];
export type LedgerVerification = Schemas['LedgerVerification'];
