import { useGetList } from 'react-admin';
import type { Agent, Call } from '../api/types.js';
import { CallsTable } from '../calls/calls-table.js';
import { listPath, TextLink } from '../shared/links.js';
import { useLive } from '../shared/live.js';
import { Empty, Failed, Loading } from '../shared/states.js';

const SHOWN = 15;
const REFRESH_MS = 5_000;

/** The agent's newest calls. */
export const AgentCalls = ({ agent }: { agent: Agent }) => {
  const live = useLive(REFRESH_MS);
  const { data, error, isPending, refetch } = useGetList<Call>(
    'calls',
    { pagination: { page: 1, perPage: SHOWN }, filter: { agentId: agent.id } },
    { refetchInterval: live, onError: () => undefined },
  );
  if (isPending) return <Loading what="its calls" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <Empty title="It has not called a tool yet">
        Its calls appear here the moment the gateway has evaluated them.
      </Empty>
    );
  }
  return (
    <>
      <CallsTable calls={data} label={`Newest calls of ${agent.name}`} withoutAgent />
      <TextLink to={listPath('calls', { agentId: agent.id })}>All calls of {agent.name}</TextLink>
    </>
  );
};
