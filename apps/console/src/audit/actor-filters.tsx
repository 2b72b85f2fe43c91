import { useGetList, useListContext } from 'react-admin';
import type { Person } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ReferenceFilter } from '../shared/filters.js';

const AT_MOST = 100;
const WIDTH = 170;

/** Two pickers of one filter: who acted was an agent or a person. */
export const ActorFilters = () => {
  const can = useCan();
  const { filterValues } = useListContext();
  const actorId: unknown = filterValues['actorId'];
  const { data: people, isPending } = useGetList<Person>('people', {
    pagination: { page: 1, perPage: AT_MOST },
  });
  const isPerson = people?.some(({ id }) => id === actorId) ?? isPending;
  return (
    <>
      {can('read', 'Agent') && (
        <ReferenceFilter
          source="actorId"
          label="By agent"
          resource="agents"
          width={WIDTH}
          isOfOther={isPerson}
        />
      )}
      {can('read', 'Person') && (
        <ReferenceFilter
          source="actorId"
          label="By person"
          resource="people"
          width={WIDTH}
          isOfOther={!isPerson}
        />
      )}
    </>
  );
};
