import type { ExactJson } from '#libs/platform/kernel';
import type {
  CallIntentData,
  CallOutcomeData,
  CallInvalidData,
  ChainClosedData,
  ChainOpenedData,
  CommandEntryData,
  RejectionCountedData,
} from './catalogue.js';
import type { EntryContext } from './entry.js';

type Payloads<Name extends string> = { payloads?: { [K in Name]?: ExactJson } };

/** A decision on a tool call, written before the upstream sees a byte. */
export type CallIntentInput = EntryContext & { callId: string } & Payloads<
    'arguments' | 'explanation'
  > & {
    type: 'call.intent';
    data: CallIntentData;
    /** The time that it was evaluated at, and so the entry's; the writer's own when left out. */
    at?: Date;
  };

/** How a tool call ended. */
export type CallOutcomeInput = EntryContext & { callId: string } & Payloads<'result'> & {
    type: 'call.outcome';
    data: CallOutcomeData;
  };

/** A known agent rejected before there was a decision on a tool. */
export type CallInvalidInput = EntryContext &
  Payloads<'explanation'> & {
    type: 'call.invalid';
    data: CallInvalidData;
  };

/** What a command did, or why it was rejected; its type is the command's name. */
export type CommandEntryInput<Name extends string = string> = EntryContext &
  Payloads<'input' | 'names' | 'reason' | 'changes'> & {
    type: Name;
    data: CommandEntryData;
  };

/** The entries that the writers make themselves. */
export type SystemEntryInput = EntryContext &
  (
    | { type: 'chain.opened'; data: ChainOpenedData }
    | { type: 'chain.closed'; data: ChainClosedData }
    | { type: 'rejection.counted'; data: RejectionCountedData }
  );
