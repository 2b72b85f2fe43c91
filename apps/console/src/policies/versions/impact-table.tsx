import type { ImpactItem } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';
import { AgentLink, ToolLink } from '../../shared/links.js';
import { PlainTable } from '../../shared/plain-table.js';
import { Empty } from '../../shared/states.js';

/** Agent by tool, where the answer would differ. */
export const ImpactTable = ({ impact }: { impact: readonly ImpactItem[] }) =>
  impact.length === 0 ? (
    <Empty title="No answer changes">
      Every agent may do with every tool what it may do today; only words or rules that select
      nothing differ.
    </Empty>
  ) : (
    <PlainTable
      label="Impact"
      rows={impact}
      rowKey={({ agent, tool }) => `${agent.id} ${tool.id}`}
      columns={[
        { name: 'Agent', render: ({ agent }) => <AgentLink agent={agent} /> },
        { name: 'Tool', render: ({ tool }) => <ToolLink tool={tool} /> },
        { name: 'Now', render: ({ before }) => <Badge name={`effect:${before}`} /> },
        { name: 'Then', render: ({ after }) => <Badge name={`effect:${after}`} /> },
      ]}
    />
  );
