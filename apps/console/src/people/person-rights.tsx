import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { PersonDetail } from '../api/types.js';
import { RightsList } from '../roles/rights-list.js';
import { useCan } from '../sign-in/session-store.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { Section } from '../shared/page.js';
import { Failed, Loading, ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';

/** What they may do here, in words, by the very rules that are enforced. */
export const PersonRights = ({ person }: { person: PersonDetail }) => {
  const can = useCan();
  return (
    <Section title="What they may do">
      {can('read', 'RoleAssignment') ? (
        <Rights person={person} />
      ) : (
        <ForbiddenHint action="read" subject="RoleAssignment" what="see what a role gives" />
      )}
    </Section>
  );
};

const Rights = ({ person }: { person: PersonDetail }) => {
  const { roles } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['roles', 'matrix'],
    queryFn: ({ signal }) => roles(signal),
  });
  if (isPending) return <Loading what="what roles give" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const own = data.items.filter(({ role }) => person.roles.includes(role));
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {!person.isActive && <Box>Nothing while they are disabled. When enabled again:</Box>}
      {own.map(({ role, rights }) => (
        <Box key={role}>
          <Box sx={{ fontWeight: 600 }}>As {ROLE_LABELS[role]}</Box>
          <RightsList rights={rights} />
        </Box>
      ))}
      <Box>
        <Box sx={{ fontWeight: 600 }}>As everybody</Box>
        <RightsList
          rights={[
            'grant and withdraw: which agents may act for them',
            'read and withdraw: access requests that they made',
            'decide: access requests for tools that they own',
          ]}
        />
      </Box>
    </Box>
  );
};
