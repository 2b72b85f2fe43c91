import { Box, Button } from '@mui/material';
import { useState } from 'react';
import type { PersonRef, Role } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { SelectInput } from '../shared/form.js';
import { PickOne } from '../shared/pick-one.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { GIVEN_ROLES, isGivenRole, ROLE_USES, type GivenRole } from './role-uses.js';

/** Who can give a role, in words: the rule has no list of roles in it. */
export const WHO_ASSIGNS =
  'A role is given by somebody who holds it already, never to themselves; one that nobody holds, by security or the owner. IT, security and emergency access need a second person. A role approves nothing before its cooling-off period is over.';

/** That somebody has a role which so many people hold, for the rules. */
const assignmentOf = (personId: string, role: Role, holderCount: number) => ({
  personId,
  role,
  hasHolder: holderCount > 0,
  hasTwoHolders: holderCount > 1,
});

/** Roles that the reader may give to somebody: `holderCount` says how many people have one. */
export function useAssignable(
  holderCount: (role: GivenRole) => number,
): (personId: string) => GivenRole[] {
  const can = useCan();
  return (personId) =>
    GIVEN_ROLES.filter((role) =>
      can('assign', 'RoleAssignment', assignmentOf(personId, role, holderCount(role))),
    );
}

// Nobody is named yet; the rules ask only that it is not the reader.
const SOMEBODY = 'somebody';

/** Gives one role to somebody who is picked in the dialog. */
export const AssignRoleButton = ({ role, holderCount }: { role: Role; holderCount: number }) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  if (!isGivenRole(role)) return null;
  if (!can('assign', 'RoleAssignment', assignmentOf(SOMEBODY, role, holderCount))) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        {holderCount === 0 ? 'Appoint the first…' : 'Give it to…'}
      </Button>
      {isAsking && <AssignToSomebody role={role} onClose={() => setAsking(false)} />}
    </>
  );
};

const AssignToSomebody = ({ role, onClose }: { role: GivenRole; onClose: () => void }) => {
  const { assignRole } = useApi();
  const notifySuccess = useNotifySuccess();
  const [personId, setPersonId] = useState('');
  return (
    <ReasonDialog
      title={`Give the role ${ROLE_LABELS[role]} to somebody?`}
      verb="Give the role"
      verbing="Giving"
      isIncomplete={personId === ''}
      act={(reason) => assignRole({ personId, role, reason })}
      onDone={() => {
        notifySuccess(`They hold the role ${ROLE_LABELS[role]} now.`);
        onClose();
      }}
      onClose={onClose}
    >
      <Box sx={{ mb: 1.5 }}>{ROLE_USES[role]}</Box>
      <PickOne
        source="personId"
        label="Person"
        resource="people"
        value={personId}
        onChange={setPersonId}
      />
    </ReasonDialog>
  );
};

/** Gives one of several roles to this person. */
export const AssignToPerson = ({
  person,
  roles,
  onClose,
}: {
  person: PersonRef;
  roles: readonly GivenRole[];
  onClose: () => void;
}) => {
  const { assignRole } = useApi();
  const notifySuccess = useNotifySuccess();
  const [role, setRole] = useState<string>(roles[0] ?? '');
  return (
    <ReasonDialog
      title={`Give ${person.name} a role?`}
      verb="Give the role"
      verbing="Giving"
      isIncomplete={!isGivenRole(role)}
      act={async (reason) => {
        if (isGivenRole(role)) await assignRole({ personId: person.id, role, reason });
      }}
      onDone={() => {
        notifySuccess(`${person.name} holds the role now.`);
        onClose();
      }}
      onClose={onClose}
    >
      <SelectInput
        source="role"
        label="Role"
        value={role}
        onChange={setRole}
        choices={roles.map((id) => ({ id, name: ROLE_LABELS[id] }))}
        {...(isGivenRole(role) ? { hint: ROLE_USES[role] } : {})}
      />
    </ReasonDialog>
  );
};
