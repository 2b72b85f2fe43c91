import { Box, Typography } from '@mui/material';
import type { ProposedChangeDetail } from '../api/types.js';
import { AgentLink, ToolLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';

type PairEffect = NonNullable<NonNullable<ProposedChangeDetail['effect']>['pairs']>;
type PairList = PairEffect['added'];

const TITLES: readonly (readonly [keyof PairEffect, string])[] = [
  ['added', 'Could be called afterwards, and cannot be called now'],
  ['widened', 'Could be called with fewer limits afterwards'],
  ['exposed', 'Can be called now, and somebody else could use it afterwards'],
  ['removed', 'Could not be called any more'],
];

/** Which agents could call which tools after a change, and could not before, or the other way about. */
export const PairEffect = ({ pairs }: { pairs: PairEffect }) => {
  const lists = TITLES.filter(([kind]) => pairs[kind].total > 0);
  if (lists.length === 0)
    return <Typography>It changes nothing of what agents may call.</Typography>;
  return (
    <>
      {lists.map(([kind, title]) => (
        <Pairs key={kind} title={title} list={pairs[kind]} />
      ))}
    </>
  );
};

const Pairs = ({ title, list: { items, total } }: { title: string; list: PairList }) => (
  <Box sx={{ mt: 2 }}>
    <Typography variant="subtitle2">{`${title}: ${total}`}</Typography>
    <PlainTable
      label={title}
      rows={items}
      rowKey={({ agent, tool }) => `${agent.id} ${tool.id}`}
      columns={[
        { name: 'Agent', render: ({ agent }) => <AgentLink agent={agent} />, width: '40%' },
        { name: 'Tool', render: ({ tool }) => <ToolLink tool={tool} /> },
      ]}
    />
    {total > items.length && <Typography>{`and ${total - items.length} more`}</Typography>}
  </Box>
);
