import { newId } from '#libs/platform/kernel';
import type { LedgerLink } from './chain.js';
import type { CallIntentInput, CallOutcomeInput, CommandEntryInput } from './entry-inputs.js';

// What the specs of this lib write.

/** A process of its own on the database at `url`. */
export const newLink = (url: string, more: Partial<LedgerLink> = {}): LedgerLink => ({
  url,
  writer: 'gateway',
  boot: newId(),
  ...more,
});

/** An allowed call evaluated under `epoch`. */
export const newIntent = (epoch = 1, text = 'hello'): CallIntentInput => ({
  type: 'call.intent',
  actor: { kind: 'agent', id: newId() },
  subject: { kind: 'tool', id: newId() },
  callId: newId(),
  data: {
    server: 'helpdesk',
    tool: 'search_tickets',
    toolId: newId(),
    definitionDigest: 'ab'.repeat(32),
    decision: 'allow',
    code: 'allowed',
    rule: 'support may search',
    policyVersionId: newId(),
    bindingId: newId(),
    epoch,
    protocol: 'rest',
  },
  payloads: { arguments: { query: text }, explanation: { reason: 'a rule allows it' } },
});

/** How the call of `intent` ended. */
export const newOutcome = (intent: CallIntentInput): CallOutcomeInput => ({
  type: 'call.outcome',
  actor: intent.actor,
  callId: intent.callId,
  data: { outcome: 'succeeded', durationMs: 12 },
  payloads: { result: { tickets: [] } },
});

/** A command's entry. */
export const newCommandEntry = (): CommandEntryInput<'agent.register'> => ({
  type: 'agent.register',
  actor: { kind: 'person', id: newId() },
  subject: { kind: 'agent', id: newId() },
  data: { command: 'agent.register', outcome: 'succeeded', code: null, facts: { tags: ['a'] } },
  payloads: { names: { actor: 'Ann' } },
});
