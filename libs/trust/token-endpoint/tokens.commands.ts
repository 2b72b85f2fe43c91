import type { CommandClass } from '#libs/engine/commands';
import { PurgeUsedTokens } from './commands/purge-used-tokens.js';
import { IssueToken } from './commands/issue-token.js';
import { MaintainSigningKeys } from './commands/maintain-signing-keys.js';
import { RevokeAccessToken } from './commands/revoke-access-token.js';
import { RotateSigningKey } from './commands/rotate-signing-key.js';

/** What the worker does by itself. */
export const tokenMaintenanceCommands = [
  MaintainSigningKeys,
  PurgeUsedTokens,
] as const satisfies readonly CommandClass[];

/** Every change of tokens that the API makes: the very first signing key, too. */
export const tokenCommands = [
  MaintainSigningKeys,
  IssueToken,
  RotateSigningKey,
  RevokeAccessToken,
] as const satisfies readonly CommandClass[];
