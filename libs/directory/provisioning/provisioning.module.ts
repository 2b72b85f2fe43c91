import { Module } from '@nestjs/common';
import { ScimAgentQueries } from './agents/agent.queries.js';
import { AGENT } from './agents/agent-draft.js';
import { AGENTIC_APPLICATION } from './agents/agentic-application-draft.js';
import { BulkController } from './bulk/bulk.controller.js';
import { BulkQueue } from './bulk/bulk-queue.js';
import { BulkService } from './bulk/bulk.service.js';
import { ScimConnectionQueries } from './connections/connection.queries.js';
import { ScimConnectionsController } from './connections/connections.controller.js';
import { DiscoveryController } from './discovery/discovery.controller.js';
import { GroupsController } from './groups/console-groups.controller.js';
import { GroupQueries } from './groups/console-groups.queries.js';
import { ScimGroupQueries } from './groups/group.queries.js';
import { provisioningCommands } from './provisioning.commands.js';
import { resourceController } from './resource/resource-controller.js';
import { ResourceLists } from './resource/resource-lists.js';
import { ScimAuthenticator } from './scim-authenticator.js';
import { GROUP } from './schema/group.js';
import { USER } from './schema/user.js';
import { servedTypes } from './served-types.js';
import { ScimUserQueries } from './users/user.queries.js';

/** SCIM: needs a global `Database`, `CommandRuntime`, `RejectionCounter`, `SecretBox` and `CONFIG`. */
@Module({
  controllers: [
    ScimConnectionsController,
    GroupsController,
    DiscoveryController,
    BulkController,
    resourceController(USER, 'users'),
    resourceController(GROUP, 'groups'),
    resourceController(AGENT.type, 'agents'),
    resourceController(AGENTIC_APPLICATION.type, 'agents'),
  ],
  providers: [
    ScimAuthenticator,
    ResourceLists,
    ScimConnectionQueries,
    GroupQueries,
    ScimUserQueries,
    ScimGroupQueries,
    ScimAgentQueries,
    BulkQueue,
    BulkService,
    servedTypes,
    ...provisioningCommands,
  ],
  exports: [...provisioningCommands],
})
export class ProvisioningModule {}
