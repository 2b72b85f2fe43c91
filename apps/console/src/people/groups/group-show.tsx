import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TablePagination } from '@mui/material';
import { useParams, useSearchParams } from 'react-router-dom';
import type { GroupDetail } from '../../api/types.js';
import { ApiError } from '../../api/errors.js';
import { MapGroup } from '../../roles/map-group.js';
import { OpenProposals } from '../../proposed-changes/open-proposals.js';
import { MappingsTable } from '../../roles/mappings-table.js';
import { ROLE_LABELS } from '../../sign-in/who-can.js';
import { Badge } from '../../shared/badge.js';
import { CopyableId } from '../../shared/copyable.js';
import { Facts } from '../../shared/facts.js';
import { PersonLink, TextLink } from '../../shared/links.js';
import { Page, Section } from '../../shared/page.js';
import { PlainTable } from '../../shared/plain-table.js';
import { Empty, Failed, RequirePermission, Loading } from '../../shared/states.js';
import { CopyableTime, Time } from '../../shared/time.js';
import { useApi } from '../../shared/use-api.js';
import { visibleText } from '../../shared/format.js';

const PER_PAGE = 25;

export const GroupShow = () => (
  <RequirePermission subject="Group" what="see groups">
    <GroupBody />
  </RequirePermission>
);

const GroupBody = () => {
  const { id = '' } = useParams();
  const { group } = useApi();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number.parseInt(search.get('page') ?? '1', 10) || 1);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['groups', 'whole', id, page],
    queryFn: ({ signal }) => group(id, page, PER_PAGE, signal),
    placeholderData: keepPreviousData,
  });
  if (data === undefined) {
    return (
      <Page title="Group">
        {isPending ? (
          <Loading what="the group" />
        ) : error instanceof ApiError && [400, 404].includes(error.status) ? (
          <Empty title="This group was not found, or you do not have access to it">
            Check the address, or pick one from <TextLink to="/groups">the list</TextLink>.
          </Empty>
        ) : (
          <Failed error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page title={visibleText(data.displayName)} actions={<MapGroup group={data} />}>
      <Facts
        columns={3}
        items={[
          { name: 'Members', value: data.memberCount },
          {
            name: 'Gives the roles',
            value: data.roles.map((role) => ROLE_LABELS[role]).join(', ') || 'none',
          },
          { name: 'Comes from', value: data.connection?.name ?? 'its connection is gone' },
          { name: 'Known since', value: <CopyableTime at={data.createdAt} /> },
          { name: 'Changed', value: <CopyableTime at={data.updatedAt} /> },
          { name: 'Id', value: <CopyableId id={data.id} /> },
        ]}
      />
      <Section title="Roles by this group">
        <OpenProposals command="map-group" about={data.displayName} />
        {data.mappings.length === 0 ? (
          <Empty title="This group gives no role">
            Its members may do nothing by it. Map it to a role; somebody who has the role confirms
            it.
          </Empty>
        ) : (
          <MappingsTable
            label={`Mappings of ${data.displayName}`}
            mappings={data.mappings.map((mapping) => ({
              ...mapping,
              group: { id: data.id, name: data.displayName },
              memberCount: data.memberCount,
            }))}
            isOneGroup
          />
        )}
      </Section>
      <Section title="Members">
        <Members group={data} page={page} onPage={(next) => setSearch({ page: String(next) })} />
      </Section>
    </Page>
  );
};

const Members = ({
  group,
  page,
  onPage,
}: {
  group: GroupDetail;
  page: number;
  onPage: (page: number) => void;
}) =>
  group.members.total === 0 ? (
    <Empty title="Nobody is in this group">Members are added where the group comes from.</Empty>
  ) : (
    <>
      <PlainTable
        label={`Members of ${group.displayName}`}
        rows={group.members.items}
        rowKey={({ id }) => id}
        columns={[
          { name: 'Person', render: (person) => <PersonLink person={person} /> },
          { name: 'E-mail', render: ({ email }) => <CopyableId id={email} /> },
          {
            name: 'State',
            render: ({ active }) => <Badge name={active ? 'person:active' : 'person:disabled'} />,
          },
          { name: 'In the group', render: ({ addedAt }) => <Time at={addedAt} /> },
        ]}
      />
      {group.members.total > PER_PAGE && (
        <TablePagination
          component="div"
          count={group.members.total}
          page={page - 1}
          rowsPerPage={PER_PAGE}
          rowsPerPageOptions={[PER_PAGE]}
          onPageChange={(_, next) => onPage(next + 1)}
        />
      )}
    </>
  );
