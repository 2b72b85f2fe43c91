import { Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonDetail, RoleSource } from '../api/types.js';
import { AssignToPerson, useAssignable, WHO_ASSIGNS } from '../roles/assign-role.js';
import { RoleSourceText } from '../roles/role-source-text.js';
import { useCan, useSession } from '../sign-in/session-store.js';
import { ROLE_LABELS, roleWords } from '../sign-in/who-can.js';
import { Badge } from '../shared/badge.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';

/** Which roles they have and what gives each; assigning and withdrawing, for those who may. */
export const PersonRoles = ({ person }: { person: PersonDetail }) => (
  <Section title="Roles" aside={person.isActive && <Assign person={person} />}>
    {person.unconfirmedRoles.length > 0 && (
      <Box sx={{ mb: 1 }}>
        <Badge name="identity:unconfirmed" /> {roleWords(person.unconfirmedRoles)}: two colleagues
        from IT or security must confirm under Identities that it is them.
      </Box>
    )}
    {person.roleSources.length === 0 ? (
      <Box>No role: they may sign in, and say which agents act for them. Nothing else.</Box>
    ) : (
      <PlainTable
        label={`Roles of ${person.name}`}
        rows={person.roleSources}
        rowKey={({ role, via, group, since }) => `${role} ${via} ${group?.id ?? ''} ${since}`}
        columns={[
          { name: 'Role', render: ({ role }) => <strong>{ROLE_LABELS[role]}</strong> },
          { name: 'Because', render: (source) => <RoleSourceText source={source} /> },
          { name: '', render: (source) => <Withdraw person={person} source={source} /> },
        ]}
      />
    )}
  </Section>
);

const Assign = ({ person }: { person: PersonDetail }) => {
  const session = useSession();
  const can = useCan();
  const { roles } = useApi();
  const canRead = can('read', 'RoleAssignment');
  const { data } = useQuery({
    queryKey: ['roles', 'matrix'],
    queryFn: ({ signal }) => roles(signal),
    enabled: canRead,
  });
  const [isAsking, setAsking] = useState(false);
  const assignable = useAssignable(
    (role) => data?.items.find((view) => view.role === role)?.holderCount ?? 2,
  )(person.id).filter(
    (role) => !person.roleSources.some((one) => one.role === role && one.via === 'assignment'),
  );
  if (assignable.length === 0) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {session?.person.id === person.id ? 'Nobody gives a role to themselves.' : WHO_ASSIGNS}
      </Box>
    );
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>Give a role…</Button>
      {isAsking && (
        <AssignToPerson person={person} roles={assignable} onClose={() => setAsking(false)} />
      )}
    </>
  );
};

const Withdraw = ({ person, source }: { person: PersonDetail; source: RoleSource }) => {
  const { withdrawRole } = useApi();
  if (source.via !== 'assignment') return null;
  const { role } = source;
  return (
    <ReasonButton
      label="Withdraw…"
      action="withdraw"
      subject="RoleAssignment"
      instance={{ personId: person.id, role, hasHolder: true, hasTwoHolders: true }}
      title={`Withdraw the role ${ROLE_LABELS[role]} from ${person.name}?`}
      verb="Take it back"
      verbing="Withdrawing"
      isDangerous
      act={(reason) => withdrawRole({ personId: person.id, role, reason })}
      done={`${person.name} does not have the role ${ROLE_LABELS[role]} by assignment any more.`}
    >
      From their next request on they may not do what it gives them. A group that gives them the
      same role still does.
    </ReasonButton>
  );
};
