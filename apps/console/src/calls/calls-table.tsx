import type { Call } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { AgentLink, CalledTool, To } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { Time } from '../shared/time.js';
import { CallOutcomeWords, CallWhy } from './call-words.js';

/** A few calls inside another screen. */
export const CallsTable = ({
  calls,
  label,
  withoutAgent = false,
}: {
  calls: readonly Call[];
  label: string;
  withoutAgent?: boolean;
}) => (
  <PlainTable
    label={label}
    rows={calls}
    rowKey={({ id }) => id}
    columns={[
      {
        name: 'When',
        cell: ({ id, at }) => (
          <To to={`/calls/${id}`}>
            <Time at={at} />
          </To>
        ),
      },
      ...(withoutAgent
        ? []
        : [{ name: 'Agent', cell: ({ agent }: Call) => <AgentLink agent={agent} /> }]),
      { name: 'Tool', cell: (call) => <CalledTool {...call} /> },
      { name: 'Decision', cell: ({ decision }) => <Badge name={`decision:${decision}`} /> },
      { name: 'Why', cell: (call) => <CallWhy call={call} max={90} /> },
      { name: 'Outcome', cell: (call) => <CallOutcomeWords call={call} /> },
    ]}
  />
);
