import type { PolicyVersionDetail } from '../../api/types.js';
import { versionFacts } from '../../sign-in/ability.js';
import { ReasonButton } from '../../shared/reason-button.js';
import { useApi } from '../../shared/use-api.js';

/** Ends an access grant before its time; policies end only by another version. */
export const RevokeAccessGrant = ({ version }: { version: PolicyVersionDetail }) => {
  const { revokeAccessGrant } = useApi();
  if (version.kind !== 'access_grant' || version.state !== 'active') return null;
  return (
    <ReasonButton
      label="End the grant…"
      action="revoke"
      subject="PolicyVersion"
      instance={versionFacts(version)}
      what="end it before its time"
      title="End this grant now?"
      verb="End the access grant"
      verbing="Ending"
      isDangerous
      act={(reason) => revokeAccessGrant(version.id, reason)}
      done="The access grant is over."
    >
      What only this grant allowed is denied from now on. The access can be requested again.
    </ReasonButton>
  );
};
