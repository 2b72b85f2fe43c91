import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { PersonDetail } from '../api/types.js';
import { personFacts } from '../sign-in/ability.js';
import { useCan, useStopsForSecurity } from '../sign-in/session-store.js';
import { whoCanEnable } from '../sign-in/who-can.js';
import { ReasonButton } from '../shared/reason-button.js';
import { ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { formatCount } from '../shared/format.js';

/** Change, sign out everywhere, disable or enable, as far as the reader may. */
export const PersonActions = ({ person }: { person: PersonDetail }) => {
  const can = useCan();
  const { disablePerson, enablePerson, revokePersonAccess } = useApi();
  const { id, name } = person;
  const isKeptOut = person.disabledByPeople || (!person.isActive && person.managedBy === null);
  const canTakeOver = useStopsForSecurity() && isKeptOut && !person.stoppedBySecurity;
  // Whom their client alone disabled it enables again.
  const canBeEnabled = isKeptOut && !person.isActive;
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
      {!isKeptOut && (
        <ReasonButton
          label="Disable…"
          action="revoke"
          subject="Person"
          title={`Disable ${name}?`}
          verb="Disable"
          verbing="Disabling"
          isDangerous
          act={(reason) => disablePerson(id, reason)}
          done={`${name} is disabled.`}
        >
          They cannot sign in any more; their sessions, delegations and access requests end.{' '}
          {person.managedBy !== null &&
            `${person.managedBy.name} cannot enable them again by SCIM: only people here can. `}
          {person.agents.length > 0 &&
            `${formatCount(person.agents.length, 'agent')} of theirs lose their owner: each follows the orphan rule of its team.`}
        </ReasonButton>
      )}
      {canTakeOver && (
        <ReasonButton
          label="Disable for security…"
          action="revoke"
          subject="Person"
          title={`Keep ${name} disabled for security?`}
          verb="Disable for security"
          verbing="Disabling"
          isDangerous
          act={(reason) => disablePerson(id, reason)}
          done={`${name} is disabled by security.`}
        >
          They are disabled already, and IT can enable them again. From now on only a colleague with
          the role security, past its cooling-off period, can.
        </ReasonButton>
      )}
      {canBeEnabled && (
        <ReasonButton
          label="Enable…"
          action="activate"
          subject="Person"
          instance={personFacts(person)}
          what={person.stoppedBySecurity ? 'enable whom security disabled' : 'enable them'}
          who={whoCanEnable(person)}
          title={`Enable ${name} again?`}
          verb="Enable"
          verbing="Enabling"
          act={(reason) => enablePerson(id, reason)}
          done={
            person.isActiveAtClient === false
              ? `${person.managedBy?.name ?? 'Their SCIM client'} decides again whether ${name} is active.`
              : `${name} may sign in again.`
          }
        >
          {person.isActiveAtClient === false
            ? `${person.managedBy?.name ?? 'Their SCIM client'} says that they are inactive: they can sign in once it says otherwise.`
            : 'They may sign in again, with the roles that they still have. What was ended stays ended: sessions, delegations and requests.'}
        </ReasonButton>
      )}
    </>
  );
};
