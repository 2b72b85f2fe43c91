import { useGetList } from 'react-admin';
import type { PolicyVersion } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';
import { TextLink } from '../../shared/links.js';
import { PlainTable } from '../../shared/plain-table.js';
import { Quoted } from '../../shared/quoted.js';
import { Empty, Failed, Loading } from '../../shared/states.js';
import { CopyableTime } from '../../shared/time.js';
import { ByPerson } from '../../shared/by-person.js';

const SHOWN = 20;

/** A policy's newest versions: who proposed, who decided. */
export const VersionsOf = ({ policyId }: { policyId: string }) => {
  const { data, error, isPending, refetch } = useGetList<PolicyVersion>(
    'policy-versions',
    { pagination: { page: 1, perPage: SHOWN }, filter: { policyId } },
    { onError: () => undefined },
  );
  if (isPending) return <Loading what="its versions" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <Empty title="It has no version" />;
  return (
    <PlainTable
      label="Versions"
      rows={data}
      rowKey={({ id }) => id}
      columns={[
        {
          name: 'Version',
          render: ({ id, number }) => (
            <TextLink to={`/policy-versions/${id}`}>version {number}</TextLink>
          ),
        },
        { name: 'State', render: ({ state }) => <Badge name={`version:${state}`} /> },
        { name: 'Note', render: ({ note }) => <Quoted text={note} max={120} /> },
        { name: 'Proposed by', render: ({ proposedBy }) => <ByPerson person={proposedBy} /> },
        { name: 'Proposed', render: ({ proposedAt }) => <CopyableTime at={proposedAt} /> },
        {
          name: 'Decided by',
          render: (version) =>
            version.decidedAt === null ? 'open' : <ByPerson person={version.decidedBy} />,
        },
        {
          name: 'Decided',
          render: ({ decidedAt }) => (decidedAt === null ? '–' : <CopyableTime at={decidedAt} />),
        },
      ]}
    />
  );
};
