import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { PersonDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ReasonButton } from '../shared/reason-button.js';
import { ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { formatCount } from '../shared/format.js';

/** Change, sign out everywhere, disable or enable, as far as the reader may. */
export const PersonActions = ({ person }: { person: PersonDetail }) => {
  const can = useCan();
  const { disablePerson, enablePerson, revokePersonAccess } = useApi();
  const { id, name } = person;
  const isOurs = person.managedBy === null;
  return (
    <>
      {can('change', 'Person') ? (
        <Button component={Link} to={`/people/${id}/change`}>
          Change…
        </Button>
      ) : (
        <ForbiddenHint action="change" subject="Person" what="change them" />
      )}
      <ReasonButton
        label="Revoke access…"
        action="revoke"
        subject="Person"
        title={`Revoke ${name}’s access?`}
        verb="Revoke access"
        verbing="Revoking"
        isDangerous
        act={(reason) => revokePersonAccess(id, reason)}
        done={`${name} is signed out everywhere, and no token about them is valid any more.`}
      >
        Their sessions end, on every device. Tokens about them that were issued until now are not
        valid any more, so no agent acts for them by one;{' '}
        {formatCount(person.activeDelegations, 'delegation')} that they granted and any emergency
        access end. They keep their roles and can sign in again: disable them too, if they shall
        not.
      </ReasonButton>
      {person.isActive && isOurs && (
        <ReasonButton
          label="Disable…"
          action="change"
          subject="Person"
          title={`Disable ${name}?`}
          verb="Disable"
          verbing="Disabling"
          isDangerous
          act={(reason) => disablePerson(id, reason)}
          done={`${name} is disabled.`}
        >
          They cannot sign in any more; their sessions, delegations and access requests end.{' '}
          {person.agents.length > 0 &&
            `${formatCount(person.agents.length, 'agent')} of theirs lose their owner: each follows the orphan rule of its team.`}
        </ReasonButton>
      )}
      {!person.isActive && (
        <ReasonButton
          label="Enable…"
          action="change"
          subject="Person"
          title={`Enable ${name} again?`}
          verb="Enable"
          verbing="Enabling"
          act={(reason) => enablePerson(id, reason)}
          done={`${name} may sign in again.`}
        >
          They may sign in again, with the roles that they still have. What was ended stays ended:
          sessions, delegations and requests.
          {!isOurs && ' Their SCIM client can disable them again.'}
        </ReasonButton>
      )}
    </>
  );
};
