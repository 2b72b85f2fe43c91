import { useGetList } from 'react-admin';
import type { ToolServer } from '../../api/types.js';
import { SelectFilter } from '../../shared/filters.js';

const ALL_OF_FEW = 100;

/** Picks a tool server; tools are filtered by its id, calls by its slug. */
export const ServerFilter = ({ source, by }: { source: string; by: 'id' | 'slug' }) => {
  const { data = [] } = useGetList<ToolServer>('tool-servers', {
    pagination: { page: 1, perPage: ALL_OF_FEW },
  });
  return (
    <SelectFilter
      source={source}
      label="Tool server"
      choices={data.map((server) => ({ id: server[by], name: server.slug }))}
    />
  );
};
