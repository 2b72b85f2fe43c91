import type { FactoryProvider } from '@nestjs/common';
import { ScimAgentQueries } from './agents/agent.queries.js';
import { AGENT_TYPES, DRAFTS } from './agents/agent.columns.js';
import { ChangeScimAgent } from './agents/commands/change-scim-agent.js';
import { CreateScimAgent } from './agents/commands/create-scim-agent.js';
import { DeleteScimAgent } from './agents/commands/delete-scim-agent.js';
import { ChangeScimGroup } from './groups/commands/change-scim-group.js';
import { CreateScimGroup } from './groups/commands/create-scim-group.js';
import { DeleteScimGroup } from './groups/commands/delete-scim-group.js';
import { ScimGroupQueries } from './groups/group.queries.js';
import { ScimResources } from './resource/scim-resources.js';
import { GROUP } from './schema/group.js';
import { USER } from './schema/user.js';
import { ChangeScimUser } from './users/commands/change-scim-user.js';
import { CreateScimUser } from './users/commands/create-scim-user.js';
import { DeleteScimUser } from './users/commands/delete-scim-user.js';
import { ScimUserQueries } from './users/user.queries.js';

type Users = [ScimUserQueries, CreateScimUser, ChangeScimUser, DeleteScimUser];
type Agents = [ScimAgentQueries, CreateScimAgent, ChangeScimAgent, DeleteScimAgent];
type Groups = [ScimGroupQueries, CreateScimGroup, ChangeScimGroup, DeleteScimGroup];

/** Every resource type with what reads and changes it: controllers, discovery and bulk go by this list. */
export const servedTypes: FactoryProvider<ScimResources> = {
  provide: ScimResources,
  inject: [
    ScimUserQueries,
    CreateScimUser,
    ChangeScimUser,
    DeleteScimUser,
    ScimGroupQueries,
    CreateScimGroup,
    ChangeScimGroup,
    DeleteScimGroup,
    ScimAgentQueries,
    CreateScimAgent,
    ChangeScimAgent,
    DeleteScimAgent,
  ],
  useFactory: (...parts: [...Users, ...Groups, ...Agents]) => {
    const [users, createUser, changeUser, deleteUser, ...others] = parts;
    const [groups, createGroup, changeGroup, deleteGroup, ...agentParts] = others;
    const [agents, createAgent, changeAgent, deleteAgent] = agentParts;
    return new ScimResources([
      {
        type: USER,
        area: 'users',
        extra: {},
        queries: users,
        create: createUser,
        change: changeUser,
        remove: deleteUser,
      },
      {
        type: GROUP,
        area: 'groups',
        extra: {},
        queries: groups,
        create: createGroup,
        change: changeGroup,
        remove: deleteGroup,
      },
      ...AGENT_TYPES.map((resourceType) => ({
        type: DRAFTS[resourceType].type,
        area: 'agents' as const,
        extra: { resourceType },
        queries: agents.of(resourceType),
        create: createAgent,
        change: changeAgent,
        remove: deleteAgent,
      })),
    ]);
  },
};
