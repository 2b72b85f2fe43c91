import { useQuery } from '@tanstack/react-query';
import type { RaRecord } from 'react-admin';
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import type { SubjectName } from '../sign-in/ability.js';
import { ApiError } from '../api/errors.js';
import { TextLink } from './links.js';
import { Page } from './page.js';
import { useApi } from './use-api.js';
import { Empty, Failed, RequirePermission, Loading } from './states.js';
import { isUuid } from './is-uuid.js';

interface RecordPageProps<T extends RaRecord> {
  resource: string;
  subject: SubjectName;
  /** What one is called: "agent". */
  one: string;
  refetchInterval?: (record: T | undefined) => number | false;
  children: (record: T) => ReactNode;
}

/** The screen of one thing named in the address, with its states in words. */
export const RecordPage = <T extends RaRecord>(props: RecordPageProps<T>) => (
  <RequirePermission subject={props.subject} what={`see this ${props.one}`}>
    <RecordBody {...props} />
  </RequirePermission>
);

const RecordBody = <T extends RaRecord>(props: RecordPageProps<T>) => {
  const { resource, one, refetchInterval, children } = props;
  const { id = '' } = useParams();
  const { getOne } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    // Not react-admin's own key: it keeps the rows of lists there, and a row is less than the whole.
    queryKey: [resource, 'whole', id],
    queryFn: async ({ signal }): Promise<T> => (await getOne(resource, { id, signal })).data,
    enabled: isUuid(id),
    refetchInterval: (query) => refetchInterval?.(query.state.data) ?? false,
  });
  if (data !== undefined) return children(data);
  if (!isUuid(id) || (error instanceof ApiError && error.status === 404)) {
    return <NoSuch resource={resource} one={one} />;
  }
  return (
    <Page title={one.charAt(0).toUpperCase() + one.slice(1)}>
      {isPending ? (
        <Loading what={`the ${one}`} />
      ) : (
        <Failed error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
};

const NoSuch = ({ resource, one }: { resource: string; one: string }) => (
  <Page title="Not found">
    <Empty title={`There is no such ${one}, or you may not see it`}>
      Check the address, or pick one from <TextLink to={`/${resource}`}>the list</TextLink>.
    </Empty>
  </Page>
);
