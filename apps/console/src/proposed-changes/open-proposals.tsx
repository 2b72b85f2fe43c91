import { Alert } from '@mui/material';
import { useGetList } from 'react-admin';
import type { ProposedChange } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ByPerson } from '../shared/by-person.js';
import { TextLink } from '../shared/links.js';
import { Line } from '../shared/line.js';
import { visibleText } from '../shared/format.js';

const SHOWN = 20;

/** The proposals of one command that wait for a second person, each with a link; nothing where there is none. */
export const OpenProposals = ({ command, about }: { command: string; about?: string }) => {
  const can = useCan();
  const { data = [] } = useGetList<ProposedChange>(
    'proposed-changes',
    { pagination: { page: 1, perPage: SHOWN }, filter: { command } },
    { enabled: can('read', 'ProposedChange'), onError: () => undefined },
  );
  const shown = data.filter(({ subject }) => about === undefined || subject.name === about);
  if (shown.length === 0) return null;
  return (
    <Alert severity="info" sx={{ mb: 1.5 }}>
      {shown.map(({ id, explanation, proposedBy }) => (
        <Line key={id}>
          {visibleText(explanation)} Proposed by <ByPerson person={proposedBy} />:{' '}
          <TextLink to={`/proposed-changes/${id}`}>see the proposed change</TextLink>
        </Line>
      ))}
    </Alert>
  );
};
