import type { CommandClass } from '#libs/engine/commands';
import { ChangeScimAgent } from './agents/commands/change-scim-agent.js';
import { CreateScimAgent } from './agents/commands/create-scim-agent.js';
import { DeleteScimAgent } from './agents/commands/delete-scim-agent.js';
import { ActivateScimToken } from './connections/commands/activate-scim-token.js';
import { ChangeScimConnection } from './connections/commands/change-scim-connection.js';
import { CreateScimToken } from './connections/commands/create-scim-token.js';
import { RegisterScimConnection } from './connections/commands/register-scim-connection.js';
import { RevokeScimToken } from './connections/commands/revoke-scim-token.js';
import { RotateScimToken } from './connections/commands/rotate-scim-token.js';
import { ChangeScimGroup } from './groups/commands/change-scim-group.js';
import { CreateScimGroup } from './groups/commands/create-scim-group.js';
import { DeleteScimGroup } from './groups/commands/delete-scim-group.js';
import { ChangeScimUser } from './users/commands/change-scim-user.js';
import { CreateScimUser } from './users/commands/create-scim-user.js';
import { DeleteScimUser } from './users/commands/delete-scim-user.js';

/** Every change of provisioning. */
export const provisioningCommands = [
  RegisterScimConnection,
  ChangeScimConnection,
  CreateScimToken,
  RotateScimToken,
  ActivateScimToken,
  RevokeScimToken,
  CreateScimUser,
  ChangeScimUser,
  DeleteScimUser,
  CreateScimGroup,
  ChangeScimGroup,
  DeleteScimGroup,
  CreateScimAgent,
  ChangeScimAgent,
  DeleteScimAgent,
] as const satisfies readonly CommandClass[];
