import type { CommandClass } from '#libs/engine/commands';
import { DiscardFollowUp } from './discard-follow-up.js';
import { RetryFollowUp } from './retry-follow-up.js';

/** What an operator does about a follow-up that cannot be queued. */
export const followUpCommands = [
  RetryFollowUp,
  DiscardFollowUp,
] as const satisfies readonly CommandClass[];
