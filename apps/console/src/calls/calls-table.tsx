import type { Call } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { AgentLink, TextLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { Time } from '../shared/time.js';
import { AskedFor } from './asked-for.js';
import { CallOutcome, CallReason } from './call-outcome.js';

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
        render: ({ id, at }) => (
          <TextLink to={`/calls/${id}`}>
            <Time at={at} />
          </TextLink>
        ),
      },
      ...(withoutAgent
        ? []
        : [{ name: 'Agent', render: ({ agent }: Call) => <AgentLink agent={agent} /> }]),
      { name: 'Tool', render: (call) => <AskedFor call={call} /> },
      { name: 'Decision', render: ({ decision }) => <Badge name={`decision:${decision}`} /> },
      { name: 'Reason', render: (call) => <CallReason call={call} max={90} /> },
      { name: 'Outcome', render: (call) => <CallOutcome call={call} /> },
    ]}
  />
);
