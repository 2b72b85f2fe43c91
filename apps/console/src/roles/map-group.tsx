import { Box, Button } from '@mui/material';
import { useState } from 'react';
import type { Group } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { SelectInput } from '../shared/form.js';
import { PickGroup } from './pick-group.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { GIVEN_ROLES, isGivenRole, ROLE_USES } from './role-uses.js';

/** Gives a role to a group's members; of a given group, or of one that is picked. */
export const MapGroup = ({ group }: { group?: Group }) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  if (!can('assign', 'GroupMapping')) {
    return <ForbiddenHint action="assign" subject="GroupMapping" what="map a group to a role" />;
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        {group === undefined ? 'Map a group to a role…' : 'Map it to a role…'}
      </Button>
      {isAsking && (
        <MapGroupDialog
          {...(group === undefined ? {} : { group })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};

const MapGroupDialog = ({ group, onClose }: { group?: Group; onClose: () => void }) => {
  const { mapGroup } = useApi();
  const notifySuccess = useNotifySuccess();
  const [groupId, setGroupId] = useState(group?.id ?? '');
  const [role, setRole] = useState<string>('');
  return (
    <ReasonDialog
      title={group === undefined ? 'Map a group to a role?' : `Map ${group.displayName} to a role?`}
      verb="Propose it"
      verbing="Proposing"
      isIncomplete={groupId === '' || !isGivenRole(role)}
      act={async (reason) => {
        if (isGivenRole(role)) await mapGroup({ groupId, role, reason });
      }}
      onDone={() => {
        notifySuccess('The group gives the role.');
        onClose();
      }}
      onClose={onClose}
    >
      <Box sx={{ mb: 1.5 }}>
        Every member will have the role, also those who join later. Nothing changes before somebody
        else who has the role confirms it.
      </Box>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {group === undefined && <PickGroup value={groupId} onChange={setGroupId} />}
        <SelectInput
          source="role"
          label="Role"
          value={role}
          onChange={setRole}
          choices={GIVEN_ROLES.map((id) => ({ id, name: ROLE_LABELS[id] }))}
          {...(isGivenRole(role) ? { hint: ROLE_USES[role] } : {})}
        />
      </Box>
    </ReasonDialog>
  );
};
