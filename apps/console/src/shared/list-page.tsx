import { Box, Paper } from '@mui/material';
import {
  DataTable,
  ListBase,
  Pagination,
  useListContext,
  type RaRecord,
  type SortPayload,
} from 'react-admin';
import type { ReactNode } from 'react';
import type { SubjectName } from '../sign-in/ability.js';
import { FilterBar } from './filters.js';
import { Page } from './page.js';
import { Empty, Failed, RequirePermission, Loading } from './states.js';
import { formatCount } from './format.js';

interface ListPageProps {
  resource: string;
  subject: SubjectName;
  title: string;
  /** What one is called, for counts: "agent". */
  one: string;
  many?: string;
  /** Between the heading and the filters. */
  above?: ReactNode;
  filters?: ReactNode;
  actions?: ReactNode;
  /** What to say when nothing is there and no filter is set. */
  empty: ReactNode;
  sort?: SortPayload;
  refetchInterval?: () => number | false;
  /** The pointer or the focus came to the rows, or left them. */
  onReading?: (isReading: boolean) => void;
  /** The columns. */
  children: ReactNode;
}

/** A list: filters in the address, a table, pages, and the four states in words. */
export const ListPage = (props: ListPageProps) => {
  const { resource, subject, title, many = `${props.one}s`, sort, refetchInterval } = props;
  return (
    <RequirePermission subject={subject} what={`see ${many}`}>
      <ListBase
        resource={resource}
        // The address alone says what is shown, so that a link shows everybody the same.
        storeKey={false}
        perPage={25}
        disableAuthentication
        {...(sort === undefined ? {} : { sort })}
        queryOptions={{ refetchInterval: refetchInterval ?? false, onError: ignore }}
      >
        <Page title={title} aside={<Total one={props.one} many={many} />} actions={props.actions}>
          {props.above}
          {props.filters !== undefined && <FilterBar>{props.filters}</FilterBar>}
          <ListBody {...props} many={many} />
        </Page>
      </ListBase>
    </RequirePermission>
  );
};

// The list itself says what failed; a passing notification would say it twice.
const ignore = (): void => undefined;

const Total = ({ one, many }: { one: string; many: string }) => {
  const { total } = useListContext();
  return total === undefined ? null : (
    <Box component="span" sx={{ color: 'text.secondary' }} aria-live="polite">
      {formatCount(total, one, many)}
    </Box>
  );
};

const ListBody = ({ children, empty, many, onReading }: ListPageProps & { many: string }) => {
  const { error, isPending, total, filterValues, refetch, data } = useListContext<RaRecord>();
  if (error && data === undefined) return <Failed error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading what={many} />;
  const isFiltered = Object.keys(filterValues as object).length > 0;
  return (
    <>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <Paper
        sx={{ overflowX: 'auto' }}
        onMouseEnter={() => onReading?.(true)}
        onMouseLeave={() => onReading?.(false)}
        onFocus={() => onReading?.(true)}
        onBlur={() => onReading?.(false)}
      >
        {total === 0 ? (
          isFiltered ? (
            <Empty title={`No ${many} match these filters`}>
              Widen a filter, or clear them all.
            </Empty>
          ) : (
            empty
          )
        ) : (
          <>
            <DataTable bulkActionButtons={false} rowClick={false} hover>
              {children}
            </DataTable>
            <Pagination rowsPerPageOptions={[25, 50, 100]} />
          </>
        )}
      </Paper>
    </>
  );
};
