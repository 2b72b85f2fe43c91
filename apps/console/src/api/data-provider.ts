import type {
  CreateParams,
  DataProvider,
  GetListParams,
  GetManyParams,
  GetManyReferenceParams,
  GetOneParams,
} from 'react-admin';
import { accessRequestApi } from './access-requests.js';
import { agentApi } from './agents.js';
import { alertApi } from './alerts.js';
import { delegationApi } from './delegations.js';
import { proposedChangeApi } from './proposed-changes.js';
import { killSwitchApi } from './kill-switches.js';
import { unregisteredApi } from './unregistered-agents.js';
import { emergencyApi } from './emergency-access.js';
import { groupApi } from './groups.js';
import { issuerApi } from './issuers.js';
import { personApi } from './people.js';
import { roleApi } from './roles.js';
import { scimApi } from './scim-connections.js';
import { streamApi } from './signal-streams.js';
import { signingKeyApi } from './signing-keys.js';
import { teamApi } from './teams.js';
import { get, post, type Query } from './request.js';
import type {
  ClassifyTool,
  RefreshTools,
  LedgerVerification,
  Overview,
  Page,
  PolicyValidation,
  PolicyVersionDetail,
  ProposeDenial,
  ProposePolicy,
  ToolDetail,
  TestToolServer,
  ToolServer,
  ToolServerTest,
} from './types.js';

// Only these lists can be sorted by a column; all others are in order of time.
const SORTABLE: Readonly<Record<string, readonly string[]>> = {
  agents: ['name', 'state', 'riskTier', 'createdAt'],
};

const listQuery = (resource: string, params: GetListParams): Query => {
  const { pagination, sort, filter } = params;
  const sortable = sort !== undefined && SORTABLE[resource]?.includes(sort.field);
  return {
    ...(filter as Query | undefined),
    page: pagination?.page,
    perPage: pagination?.perPage,
    ...(sortable ? { sort: sort.field, order: sort.order.toLowerCase() } : {}),
  };
};

const getList = async (resource: string, params: GetListParams) => {
  const { items, total } = await get<Page<never>>(`/${resource}`, {
    query: listQuery(resource, params),
    signal: params.signal,
  });
  return { data: items, total };
};

const getOne = async (
  resource: string,
  { id, signal }: GetOneParams & { signal?: AbortSignal },
) => ({
  data: await get<never>(`/${resource}/${encodeURIComponent(String(id))}`, { signal }),
});

const notOffered = (): Promise<never> =>
  Promise.reject(new Error('The API has no such request: changes are made by named verbs.'));

/** All that the console asks of the API goes through here. */
export const dataProvider = {
  supportAbortSignal: true,
  getList,
  getOne,
  getMany: async (resource: string, { ids, signal }: GetManyParams & { signal?: AbortSignal }) => ({
    data: await Promise.all(
      ids.map(async (id) => (await getOne(resource, { id, ...(signal ? { signal } : {}) })).data),
    ),
  }),
  getManyReference: (resource: string, params: GetManyReferenceParams) =>
    getList(resource, { ...params, filter: { ...params.filter, [params.target]: params.id } }),
  create: async (resource: string, { data }: CreateParams) => ({
    data: await post<never>(`/${resource}`, data),
  }),
  update: notOffered,
  updateMany: notOffered,
  delete: notOffered,
  deleteMany: notOffered,

  overview: (signal?: AbortSignal) => get<Overview>('/overview', { signal }),
  ...agentApi,
  ...unregisteredApi,
  ...accessRequestApi,
  ...delegationApi,
  ...killSwitchApi,
  ...alertApi,
  ...proposedChangeApi,
  ...personApi,
  ...groupApi,
  ...teamApi,
  ...roleApi,
  ...emergencyApi,
  ...issuerApi,
  ...scimApi,
  ...streamApi,
  ...signingKeyApi,
  testToolServer: (body: TestToolServer) => post<ToolServerTest>('/tool-servers/test', body),
  refreshTools: (serverId: string, body: RefreshTools) =>
    post<ToolServer>(`/tool-servers/${serverId}/refresh-tools`, body),
  classifyTool: (toolId: string, body: ClassifyTool) =>
    post<ToolDetail>(`/tools/${toolId}/classification`, body),
  validatePolicy: (input: { policyId: string | null; text: string }, signal?: AbortSignal) =>
    post<PolicyValidation>('/policies/validate', input, signal),
  proposePolicy: (body: ProposePolicy) => post<PolicyVersionDetail>('/policy-versions', body),
  proposeDenial: (body: ProposeDenial) =>
    post<PolicyVersionDetail>('/policy-versions/denials', body),
  proposePublication: (id: string) =>
    post<PolicyVersionDetail>(`/policy-versions/${id}/propose`, {}),
  publishPolicyVersion: (id: string, note: string) =>
    post<PolicyVersionDetail>(`/policy-versions/${id}/publish`, { note }),
  rejectPolicyVersion: (id: string, note: string) =>
    post<PolicyVersionDetail>(`/policy-versions/${id}/reject`, { note }),
  revokeAccessGrant: (id: string, reason: string) =>
    post<PolicyVersionDetail>(`/policy-versions/${id}/revoke`, { reason }),
  verifyLedger: () => post<LedgerVerification>('/ledger-verifications', {}),
} satisfies DataProvider;

export type GatehouseDataProvider = typeof dataProvider;
