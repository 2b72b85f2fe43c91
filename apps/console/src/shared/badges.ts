export type Tone = 'good' | 'bad' | 'warn' | 'calm' | 'info';
export type Shape =
  | 'check'
  | 'cross'
  | 'disc'
  | 'ring'
  | 'slash'
  | 'square'
  | 'bars'
  | 'triangle'
  | 'diamond'
  | 'dash'
  | 'half';

interface BadgeLook {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
}

const look = (word: string, shape: Shape, tone: Tone): BadgeLook => ({ word, shape, tone });

/** Every state that a screen shows, keyed by what it is a state of. */
export const BADGES = {
  'agent:draft': look('Draft', 'ring', 'calm'),
  'agent:active': look('Active', 'disc', 'good'),
  'agent:suspended': look('Suspended', 'bars', 'bad'),
  'agent:retired': look('Retired', 'slash', 'calm'),
  'tier:low': look('Low', 'dash', 'calm'),
  'tier:medium': look('Medium', 'diamond', 'warn'),
  'tier:high': look('High', 'triangle', 'bad'),
  'decision:allow': look('Allowed', 'check', 'good'),
  'decision:deny': look('Denied', 'cross', 'bad'),
  'decision:hold': look('Held', 'bars', 'warn'),
  'decision:refused': look('Refused', 'slash', 'bad'),
  'effect:allow': look('Allow', 'check', 'good'),
  'effect:deny': look('Deny', 'cross', 'bad'),
  'effect:hold': look('Hold', 'bars', 'warn'),
  'effect:conditional': look('Depends on arguments', 'half', 'warn'),
  'outcome:succeeded': look('Succeeded', 'check', 'good'),
  'outcome:tool_error': look('Tool error', 'triangle', 'warn'),
  'outcome:upstream_error': look('Upstream error', 'triangle', 'bad'),
  'outcome:timeout': look('Timed out', 'half', 'bad'),
  'outcome:unknown': look('Unknown', 'diamond', 'warn'),
  'command:succeeded': look('Succeeded', 'check', 'good'),
  'command:refused': look('Refused', 'slash', 'bad'),
  'command:failed': look('Failed', 'cross', 'bad'),
  'server:discovering': look('Discovering', 'half', 'info'),
  'server:ready': look('Ready', 'disc', 'good'),
  'server:failed': look('Failed', 'cross', 'bad'),
  'class:read': look('Read', 'ring', 'calm'),
  'class:write': look('Write', 'diamond', 'warn'),
  'class:destructive': look('Destructive', 'triangle', 'bad'),
  'class:undecided': look('Not classified', 'dash', 'warn'),
  'version:in_review': look('In review', 'half', 'info'),
  'version:active': look('Active', 'disc', 'good'),
  'version:archived': look('Archived', 'dash', 'calm'),
  'version:rejected': look('Rejected', 'cross', 'bad'),
  'result:true': look('True', 'check', 'calm'),
  'result:false': look('False', 'cross', 'calm'),
  'result:unknown': look('Unknown', 'diamond', 'warn'),
  'severity:error': look('Error', 'cross', 'bad'),
  'severity:warning': look('Warning', 'triangle', 'warn'),
  'holds:true': look('Holds', 'check', 'good'),
  'holds:false': look('Does not hold', 'cross', 'bad'),
} as const satisfies Record<string, BadgeLook>;

export type BadgeName = keyof typeof BADGES;

/** What a badge of this state is called, for lists of choices. */
export const badgeWord = (name: BadgeName): string => BADGES[name].word;
