import { Box } from '@mui/material';
import { useState } from 'react';
import type { OrphanRule, Team } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { AskDialog } from '../../shared/ask-dialog.js';
import { SelectInput, TextInput } from '../../shared/form.js';
import { PickOne } from '../../shared/pick-one.js';
import { useApi } from '../../shared/use-api.js';
import { useNotifySuccess } from '../../shared/use-notify-success.js';
import { isOrphanRule, ORPHAN_RULES, findOrphanRule } from './orphan-rules.js';

/** Adds a team, or changes one. */
export const TeamDialog = ({ team, onClose }: { team?: Team; onClose: () => void }) => {
  const can = useCan();
  const { addTeam, changeTeam } = useApi();
  const notifySuccess = useNotifySuccess();
  const [name, setName] = useState(team?.name ?? '');
  const [orphanRule, setRule] = useState<OrphanRule>(team?.orphanRule ?? 'suspend');
  const [ownerId, setOwnerId] = useState('');
  // The picker begins empty; who is chosen already stays until somebody else is.
  const orphanOwnerId =
    orphanRule !== 'reassign' ? null : ownerId !== '' ? ownerId : (team?.orphanOwner?.id ?? null);
  const body = { name: name.trim(), orphanRule, orphanOwnerId };
  return (
    <AskDialog
      title={team === undefined ? 'Add a team' : `Change ${team.name}`}
      verb={team === undefined ? 'Add the team' : 'Save'}
      verbing="Saving"
      isIncomplete={body.name === '' || (orphanRule === 'reassign' && orphanOwnerId === null)}
      act={() => (team === undefined ? addTeam(body) : changeTeam(team.id, body))}
      onDone={() => {
        notifySuccess(team === undefined ? `${body.name} is added.` : `${body.name} is changed.`);
        onClose();
      }}
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gap: 1.75, pt: 0.75 }}>
        <TextInput
          source="name"
          label="Name"
          value={name}
          onChange={setName}
          required
          maxLength={100}
        />
        <SelectInput
          source="orphanRule"
          label="When an agent’s owner leaves"
          value={orphanRule}
          choices={ORPHAN_RULES}
          onChange={(id) => isOrphanRule(id) && setRule(id)}
          hint={findOrphanRule(orphanRule)?.meaning ?? ''}
        />
        {orphanRule === 'reassign' && can('read', 'Person') && (
          <PickOne
            source="orphanOwnerId"
            label={team?.orphanOwner ? 'Somebody else takes them over' : 'Who takes them over'}
            resource="people"
            value={ownerId}
            onChange={setOwnerId}
            {...(team?.orphanOwner ? { hint: `Empty: still ${team.orphanOwner.name}.` } : {})}
          />
        )}
      </Box>
    </AskDialog>
  );
};
