import type { IssuerDetail } from '../api/types.js';
import { CopyLine } from '../shared/copy-line.js';

/** What is registered at the issuer, for the client that stands for this console. */
export const SignInAddresses = ({ issuer }: { issuer: IssuerDetail }) => (
  <>
    <CopyLine label="Redirect URI, to register there" value={issuer.signInUris.redirectUri} />
    <CopyLine
      label="Back-channel logout URI, so that signing out there ends sessions here"
      value={issuer.signInUris.backChannelLogoutUri}
    />
  </>
);
