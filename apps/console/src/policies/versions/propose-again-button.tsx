import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { PolicyVersionDetail } from '../../api/types.js';
import { proposeAgainPath } from '../propose-paths.js';
import { useCan } from '../../sign-in/session-store.js';
import { ForbiddenHint } from '../../shared/states.js';

/** The way back to a text that was active once, or that was turned down. */
export const ProposeAgain = ({ version }: { version: PolicyVersionDetail }) => {
  const canPropose = useCan()('propose', 'PolicyVersion');
  if (version.state !== 'archived' && version.state !== 'rejected') return null;
  return canPropose ? (
    <Button component={Link} to={proposeAgainPath(version.policy.id, version.id)}>
      Propose this text again
    </Button>
  ) : (
    <ForbiddenHint action="propose" subject="PolicyVersion" what="propose this text again" />
  );
};
