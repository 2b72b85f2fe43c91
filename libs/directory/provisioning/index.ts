export { ProvisioningModule } from './provisioning.module.js';
export { provisioningCommands } from './provisioning.commands.js';
/** How SCIM puts its bodies and errors; the API's list of protocols has it. */
export { scimProtocol } from './protocol/scim-protocol.js';
/** What makes a connection and its token: the console's commands, and the sandbox's by the system. */
export { RegisterScimConnection } from './connections/commands/register-scim-connection.js';
export { CreateScimToken } from './connections/commands/create-scim-token.js';
export {
  changeScimConnectionSchema,
  createScimTokenSchema,
  newScimTokenSchema,
  registerScimConnectionSchema,
  revokeScimTokenSchema,
  rotateScimTokenSchema,
  scimConnectionPageSchema,
  scimConnectionSchema,
  scimScopeSchema,
  scimTokenSchema,
} from './connections/connections.schemas.js';
export {
  groupDetailSchema,
  groupPageSchema,
  groupSchema,
} from './groups/console-groups.schemas.js';
