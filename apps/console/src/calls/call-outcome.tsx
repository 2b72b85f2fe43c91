import type { Call } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { RuleLink } from '../shared/links.js';
import { Quoted } from '../shared/quoted.js';
import { formatDuration, spaced } from '../shared/format.js';

const CODES: Readonly<Record<string, string>> = {
  kill_switch_active: 'a kill switch was active for the tool, its server or everything',
  tool_blocked: 'the tool is not as people pinned it',
};

/** What a code says to people. */
export const codeText = (code: string): string => CODES[code] ?? spaced(code);

/** The rule and the reason, or the code when there is neither. */
export const CallReason = ({ call, max = 120 }: { call: Call; max?: number }) => (
  <>
    {call.rule !== null && <RuleLink rule={call.rule} />}
    {call.rule !== null && call.reason !== null && ' · '}
    {call.reason !== null && <Quoted text={call.reason} max={max} />}
    {call.rule === null && call.reason === null && codeText(call.code)}
  </>
);

/** What came of it, and how long it took. */
export const CallOutcome = ({ call }: { call: Call }) => {
  if (call.outcome === null) {
    return <span className="nowrap">{call.decision === 'allow' ? 'running' : 'never ran'}</span>;
  }
  return (
    <>
      <Badge name={`outcome:${call.outcome}`} />
      {call.durationMs !== null && (
        <span className="nowrap"> {formatDuration(call.durationMs)}</span>
      )}
    </>
  );
};
