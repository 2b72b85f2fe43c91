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

export interface BadgeLook {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
  /** What the word means, where it does not speak for itself; shown as a tooltip. */
  readonly meaning?: string;
}

const look = (word: string, shape: Shape, tone: Tone, meaning?: string): BadgeLook => ({
  word,
  shape,
  tone,
  ...(meaning !== undefined && { meaning }),
});

/** Every state that a screen shows, keyed by what it is a state of. */
export const BADGES = {
  'agent:draft': look('Draft', 'ring', 'calm'),
  'agent:active': look('Active', 'disc', 'good'),
  'agent:suspended': look('Suspended', 'bars', 'bad'),
  'agent:retired': look('Retired', 'slash', 'calm'),
  'agent:orphaned': look('Orphaned', 'triangle', 'bad'),
  'agent:unbound': look('Unbound', 'ring', 'warn'),
  'agent:expired': look('Expired', 'half', 'bad'),
  'unregistered-agent:waiting': look('Waiting', 'half', 'warn'),
  'unregistered-agent:blocked': look('Blocked', 'slash', 'bad'),
  'request:open': look('Open', 'ring', 'warn'),
  'request:drafted': look('Drafted', 'half', 'info'),
  'request:granted': look('Granted', 'check', 'good'),
  'request:rejected': look('Rejected', 'cross', 'bad'),
  'request:withdrawn': look('Withdrawn', 'dash', 'calm'),
  'request:ended': look('Ended', 'dash', 'calm'),
  'delegation:active': look('Active', 'disc', 'good'),
  'delegation:expired': look('Expired', 'dash', 'calm'),
  'delegation:withdrawn': look('Withdrawn', 'slash', 'calm'),
  'kill-switch:active': look('Active', 'square', 'bad'),
  'kill-switch:released': look('Released', 'check', 'calm'),
  'alert:open': look('Open', 'triangle', 'bad'),
  'alert:acknowledged': look('Acknowledged', 'check', 'calm'),
  'proposed-change:open': look('Open', 'half', 'warn', 'A second person must confirm it.'),
  'proposed-change:to_confirm': look('Your turn', 'half', 'warn', 'You can be the second person.'),
  'proposed-change:expired': look('Expired', 'dash', 'calm', 'Nobody confirmed it in time.'),
  'proposed-change:done': look('Confirmed', 'check', 'good', 'It was confirmed and made.'),
  'proposed-change:rejected': look('Rejected', 'cross', 'bad'),
  'proposed-change:withdrawn': look('Withdrawn', 'slash', 'calm'),
  'tier:low': look('Low', 'dash', 'calm'),
  'tier:medium': look('Medium', 'diamond', 'warn'),
  'tier:high': look('High', 'triangle', 'bad'),
  'decision:allow': look(
    'Allowed',
    'check',
    'good',
    'A rule of a policy allows this call, and no rule denies it.',
  ),
  'decision:deny': look(
    'Denied',
    'cross',
    'bad',
    'A rule of a policy or a kill switch denies this call, or no rule allows it.',
  ),
  'decision:hold': look(
    'Held',
    'bars',
    'warn',
    'A rule of a policy holds this call: it needs a person’s approval.',
  ),
  'decision:invalid': look(
    'Invalid',
    'slash',
    'bad',
    'This call never reached a policy: its token, agent, person or arguments are not valid, or the tool is unknown.',
  ),
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
  'command:proposed': look(
    'Proposed',
    'half',
    'info',
    'Nothing was changed: a second person must confirm it.',
  ),
  'command:rejected': look('Rejected', 'slash', 'bad'),
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
  'identity:unconfirmed': look(
    'Unconfirmed',
    'half',
    'warn',
    'Their privileged roles do not count before two people confirm that it is them.',
  ),
  'person:active': look('Active', 'disc', 'good'),
  'person:disabled': look('Disabled', 'slash', 'bad'),
  'role:held': look('Held', 'disc', 'good'),
  'role:missing': look('No holder', 'triangle', 'warn'),
  'approves:false': look('Cannot approve', 'half', 'warn'),
  'mapping:active': look('Active', 'disc', 'good'),
  'mapping:removed': look('Removed', 'dash', 'calm'),
  'emergency:open': look('Open', 'triangle', 'bad'),
  'emergency:ended': look('Ended', 'dash', 'calm'),
  'issuer:trusted': look('Trusted', 'disc', 'good'),
  'issuer:retired': look('Retired', 'slash', 'calm'),
  'sign-in:on': look('On', 'disc', 'good'),
  'sign-in:off': look('Off', 'ring', 'calm'),
  'check:passed': look('Passed', 'check', 'good'),
  'check:failed': look('Failed', 'cross', 'bad'),
  'scim-token:waiting': look('Waits for a second person', 'half', 'warn'),
  'scim-token:not_confirmed': look('Never confirmed', 'cross', 'calm'),
  'scim-token:active': look('Active', 'disc', 'good'),
  'scim-token:expired': look('Expired', 'dash', 'calm'),
  'scim-token:revoked': look('Revoked', 'slash', 'bad'),
  'stream:on': look('On', 'disc', 'good'),
  'stream:off': look('Off', 'bars', 'warn'),
  'signal:revoked': look('Access revoked', 'slash', 'bad'),
  'signal:alerted': look('Alerted', 'diamond', 'warn'),
  'signal:ignored': look('Ignored', 'dash', 'calm'),
  'signal:unknown_subject': look('Unknown subject', 'diamond', 'warn'),
  'key:signing': look('Signing', 'disc', 'good'),
  'key:waiting': look('Published, not yet signing', 'ring', 'info'),
  'key:published': look('Verification only', 'half', 'calm'),
  'key:withdrawn': look('Withdrawn', 'slash', 'calm'),
  'integrity:true': look('Valid', 'check', 'good'),
  'integrity:false': look('Invalid', 'cross', 'bad'),
} as const satisfies Record<string, BadgeLook>;

export type BadgeName = keyof typeof BADGES;

/** What a badge of this state is called, for lists of choices. */
export const badgeLabel = (name: BadgeName): string => BADGES[name].word;
