export { DiscardFollowUp } from './commands/discard-follow-up.js';
export { RetryFollowUp } from './commands/retry-follow-up.js';
export { followUpCommands } from './follow-ups.commands.js';
