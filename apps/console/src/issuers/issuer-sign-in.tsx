import { Alert, Box, Button } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { IssuerDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { AskDialog } from '../shared/ask-dialog.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { Section } from '../shared/page.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { SignInAddresses } from './sign-in-addresses.js';
import { ATTRIBUTE_LABELS } from './sign-in-options.js';
import { describeProfile } from './token-profiles.js';

/** Whether people sign in to this console at the issuer, and how they are known then. */
export const IssuerSignIn = ({ issuer }: { issuer: IssuerDetail }) => {
  const can = useCan();
  const { signIn } = issuer;
  const isRetired = issuer.retiredAt !== null;
  if (describeProfile(issuer.profile)?.isInteractive === false) {
    return (
      <Section title="Sign-in to this console">
        <Empty title="Nobody signs in here">This issuer knows workloads only, no people.</Empty>
      </Section>
    );
  }
  return (
    <Section
      title="Sign-in to this console"
      aside={signIn !== null && <Badge name={signIn.enabled ? 'sign-in:on' : 'sign-in:off'} />}
    >
      <Box sx={{ display: 'grid', gap: 1.25 }}>
        {signIn === null ? (
          <Box>
            Not set up: its tokens are accepted from agents, but nobody signs in to this console
            there.
          </Box>
        ) : (
          <Facts
            items={[
              { name: 'Button', value: `Sign in with ${signIn.label}` },
              { name: 'Client id', value: <CopyableId id={signIn.clientId} /> },
              {
                name: 'People from SCIM',
                value:
                  signIn.linkClaim === null || signIn.linkAttribute === null ? (
                    'are not linked at sign-in: each is added by hand'
                  ) : (
                    <>
                      are linked at first sign-in where the claim <code>{signIn.linkClaim}</code> is
                      exactly their SCIM <code>{ATTRIBUTE_LABELS[signIn.linkAttribute]}</code>
                    </>
                  ),
              },
              { name: 'Changed', value: <Time at={signIn.updatedAt} /> },
            ]}
          />
        )}
        <SignInAddresses issuer={issuer} />
        {isRetired ? null : can('change', 'Issuer') ? (
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button component={Link} to={`/issuers/${issuer.id}/sign-in`}>
              {signIn === null ? 'Set up sign-in…' : 'Change sign-in…'}
            </Button>
            {signIn !== null && <RemoveSignIn issuer={issuer} />}
          </Box>
        ) : (
          <ForbiddenHint action="change" subject="Issuer" what="set up sign-in" />
        )}
      </Box>
    </Section>
  );
};

const RemoveSignIn = ({ issuer }: { issuer: IssuerDetail }) => {
  const { removeSignIn } = useApi();
  const notifySuccess = useNotifySuccess();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        Remove sign-in…
      </Button>
      {isAsking && (
        <AskDialog
          title={`Remove sign-in at ${issuer.name}?`}
          verb="Remove sign-in"
          verbing="Removing"
          isDangerous
          act={() => removeSignIn(issuer.id)}
          onDone={() => {
            setAsking(false);
            notifySuccess(`Nobody signs in at ${issuer.name} any more.`);
          }}
          onClose={() => setAsking(false)}
        >
          <Box>
            Its button goes from the sign-in page, and its client secret is forgotten. Tokens of its
            agents are accepted as before.
          </Box>
          <Alert severity="warning" variant="outlined">
            People who sign in only there cannot sign in any more. Is there another way for you?
          </Alert>
        </AskDialog>
      )}
    </>
  );
};
