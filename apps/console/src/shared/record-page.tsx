import { useQuery } from '@tanstack/react-query';
import type { RaRecord } from 'react-admin';
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import type { SubjectName } from '../session/ability.js';
import { Page } from './page.js';
import { useApi } from './use-api.js';
import { Failed, Guarded, Loading } from './states.js';

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
  <Guarded subject={props.subject} what={`see this ${props.one}`}>
    <RecordBody {...props} />
  </Guarded>
);

const RecordBody = <T extends RaRecord>(props: RecordPageProps<T>) => {
  const { resource, one, refetchInterval, children } = props;
  const { id = '' } = useParams();
  const { getOne } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    // Not react-admin's own key: it keeps the rows of lists there, and a row is less than the whole.
    queryKey: [resource, 'whole', id],
    queryFn: async ({ signal }): Promise<T> => (await getOne(resource, { id, signal })).data,
    refetchInterval: (query) => refetchInterval?.(query.state.data) ?? false,
  });
  if (data !== undefined) return children(data);
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
