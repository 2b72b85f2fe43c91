import { Box } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import type { EmergencyAccess } from '../../api/types.js';
import { SubjectLink } from '../../audit/entry-links.js';
import { commandText } from '../../proposed-changes/command-text.js';
import { ReasonButton } from '../../shared/reason-button.js';
import { useApi } from '../../shared/use-api.js';

type Change = EmergencyAccess['changes'][number];

const STATES: Record<Change['state'], string> = {
  ends: 'ends with it',
  kept: 'kept by two people',
  ended: 'ended with it',
};

/** What was done by an emergency alone: what ends with it, and the way to keep it. */
export const EmergencyChanges = ({ emergency }: { emergency: EmergencyAccess }) => {
  const { changes } = emergency;
  if (changes.length === 0) return <>–</>;
  return (
    <Box component="ul" sx={{ m: 0, pl: 2 }}>
      {changes.map((change, place) => (
        <li key={change.id}>
          {commandText(change.command)}: <SubjectLink subject={change.subject} />,{' '}
          {STATES[change.state]}
          {change.state === 'ends' && isFirstAbout(changes, place) && (
            <Keep emergencyId={emergency.id} change={change} />
          )}
        </li>
      ))}
    </Box>
  );
};

// All that was done to one thing is kept together.
const isFirstAbout = (changes: readonly Change[], place: number): boolean =>
  changes.findIndex(
    ({ state, subject }) => state === 'ends' && subject.id === changes[place]?.subject.id,
  ) === place;

const Keep = ({ emergencyId, change }: { emergencyId: string; change: Change }) => {
  const { keepEmergencyChange } = useApi();
  const queryClient = useQueryClient();
  return (
    <ReasonButton
      label="Keep…"
      action="keep"
      subject="EmergencyAccess"
      title={`Keep what was done to ${change.subject.name}?`}
      verb="Propose to keep it"
      verbing="Proposing…"
      act={(reason) => keepEmergencyChange(emergencyId, change.id, reason)}
      done="It is kept."
      onDone={() => void queryClient.invalidateQueries()}
    >
      All that was done to it in this emergency stays when a second person confirms it before the
      emergency ends.
    </ReasonButton>
  );
};
