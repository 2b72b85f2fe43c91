import type { CallDetail } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { RuleLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty } from '../shared/states.js';
import { visibleText } from '../shared/words.js';

/** Each rule that selected this agent and tool, and why it decided or did not. */
export const ConsideredTable = ({ call }: { call: CallDetail }) => {
  if (call.considered.length === 0) {
    return call.decision === 'refused' ? (
      <Empty title="No rule was asked">The call was refused before it came to a decision.</Empty>
    ) : (
      <Empty title="No rule selects this agent and this tool">What no rule allows is denied.</Empty>
    );
  }
  return (
    <PlainTable
      label="Rules considered"
      rows={call.considered}
      rowKey={({ policy, rule }) => `${policy} ${rule}`}
      columns={[
        {
          name: 'Rule',
          render: ({ rule, decided }) => (
            <>
              <RuleLink rule={rule} />
              {decided && <strong> decided</strong>}
            </>
          ),
        },
        { name: 'Policy', render: ({ policy }) => policy },
        { name: 'Would', render: ({ effect }) => <Badge name={`effect:${effect}`} /> },
        { name: 'Condition', render: ({ result }) => <Badge name={`result:${result}`} /> },
        { name: 'Why', render: ({ why }) => visibleText(why) },
      ]}
    />
  );
};
