import type { CommandClass } from '#libs/engine/commands';
import { ForgetUsedTokens } from './commands/forget-used-tokens.js';
import { IssueToken } from './commands/issue-token.js';
import { KeepSigningKeys } from './commands/keep-signing-keys.js';
import { RevokeAccessToken } from './commands/revoke-access-token.js';
import { RotateSigningKey } from './commands/rotate-signing-key.js';

/** What the worker does by itself. */
export const tokenKeepingCommands = [
  KeepSigningKeys,
  ForgetUsedTokens,
] as const satisfies readonly CommandClass[];

/** Every change of tokens. */
export const tokenCommands = [
  ...tokenKeepingCommands,
  IssueToken,
  RotateSigningKey,
  RevokeAccessToken,
] as const satisfies readonly CommandClass[];
