import type { Call } from '../api/types.js';
import { AskedFor } from '../calls/asked-for.js';
import { CallReason } from '../calls/call-outcome.js';
import { Badge } from '../shared/badge.js';
import { AgentLink, TextLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';

const SHOWN = 5;

/** The newest calls that were denied or invalid. */
export const LatestDeniedOrInvalid = ({ calls }: { calls: readonly Call[] }) =>
  calls.length === 0 ? (
    <Empty title="No denied or invalid call">Every call of a known agent was allowed so far.</Empty>
  ) : (
    <PlainTable
      label="Newest denied and invalid calls"
      rows={calls.slice(0, SHOWN)}
      rowKey={({ id }) => id}
      columns={[
        {
          name: 'When',
          width: 86,
          render: ({ id, at }) => (
            <TextLink to={`/calls/${id}`}>
              <Time at={at} />
            </TextLink>
          ),
        },
        { name: 'Agent', render: ({ agent }) => <AgentLink agent={agent} /> },
        { name: 'Tool', render: (call) => <AskedFor call={call} /> },
        { name: 'Answer', render: ({ decision }) => <Badge name={`decision:${decision}`} /> },
        { name: 'Reason', render: (call) => <CallReason call={call} max={70} /> },
      ]}
    />
  );
