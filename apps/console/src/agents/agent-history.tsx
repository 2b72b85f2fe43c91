import { useGetList } from 'react-admin';
import type { Agent, LedgerEntry } from '../api/types.js';
import { EntriesTable } from '../audit/entries-table.js';
import { listPath, TextLink } from '../shared/links.js';
import { Empty, Failed, Loading } from '../shared/states.js';

const SHOWN = 25;

/** What was done to the agent, from the ledger. */
export const AgentHistory = ({ agent }: { agent: Agent }) => {
  const { data, error, isPending, refetch } = useGetList<LedgerEntry>(
    'ledger-entries',
    { pagination: { page: 1, perPage: SHOWN }, filter: { subjectId: agent.id } },
    { onError: () => undefined },
  );
  if (isPending) return <Loading what="its history" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <Empty title="The ledger has no entry about this agent">
        Agents that came with the installation start without one.
      </Empty>
    );
  }
  return (
    <>
      <EntriesTable entries={data} label={`Ledger entries about ${agent.name}`} />
      <TextLink to={listPath('ledger-entries', { subjectId: agent.id })}>
        All entries about it
      </TextLink>
    </>
  );
};
