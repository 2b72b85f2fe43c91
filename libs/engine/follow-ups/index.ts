export { DiscardFollowUp } from './discard-follow-up.js';
export { RetryFollowUp } from './retry-follow-up.js';
export { followUpCommands } from './follow-ups.commands.js';
