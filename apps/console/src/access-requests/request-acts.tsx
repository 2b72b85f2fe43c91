import type { AccessRequestDetail } from '../api/types.js';
import { accessRequestFacts } from '../sign-in/ability.js';
import { useSession } from '../sign-in/session-store.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';

/** Take one's own request back, or reject another's, while nothing is decided. */
export const RequestActs = ({ request }: { request: AccessRequestDetail }) => {
  const { withdrawAccessRequest, rejectAccessRequest } = useApi();
  const me = useSession()?.person.id;
  if (request.state !== 'open' && request.state !== 'drafted') return null;
  const common = {
    subject: 'AccessRequest',
    instance: accessRequestFacts(request),
    reasonLabel: 'Note',
    isDangerous: true,
    warning: null,
  } as const;
  if (request.requestedBy.id === me) {
    return (
      <ReasonButton
        {...common}
        action="withdraw"
        label="Withdraw…"
        title="Withdraw this request?"
        verb="Withdraw"
        verbing="Withdrawing"
        act={(note) => withdrawAccessRequest(request.id, note)}
        done="Withdrawn."
      >
        A draft of an access grant is withdrawn with it. You can ask again.
      </ReasonButton>
    );
  }
  return (
    <ReasonButton
      {...common}
      action="reject"
      label="Reject…"
      title="Reject this request?"
      verb="Reject"
      verbing="Rejecting"
      act={(note) => rejectAccessRequest(request.id, note)}
      done="Rejected."
    >
      {request.requestedBy.name} is told the reason. A draft of an access grant is withdrawn with
      it.
    </ReasonButton>
  );
};
