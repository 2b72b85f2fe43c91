import { Alert, Box, Checkbox, FormControlLabel } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { IssuerDetail } from '../api/types.js';
import { FormFrame, SelectInput, TextInput } from '../shared/form.js';
import { Page, Section } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { RequirePermission } from '../shared/states.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { SignInAddresses } from './sign-in-addresses.js';
import { isLinkAttribute, LINK_ATTRIBUTES } from './sign-in-options.js';

export const SignInSetUp = () => (
  <RequirePermission action="change" subject="Issuer" what="set up sign-in">
    <RecordPage<IssuerDetail> resource="issuers" subject="Issuer" one="issuer">
      {(issuer) => <SetUp issuer={issuer} />}
    </RecordPage>
  </RequirePermission>
);

const SetUp = ({ issuer }: { issuer: IssuerDetail }) => (
  <Page title={`Sign-in at ${issuer.name}`}>
    <TwoColumns
      left={<SignInForm issuer={issuer} />}
      right={
        <>
          <Section title="At the identity provider">
            <Box sx={{ display: 'grid', gap: 1.25 }}>
              <Box>
                Register a confidential web client for this console there (authorization code flow),
                with these two addresses. Then enter its client id and secret here.
              </Box>
              <SignInAddresses issuer={issuer} />
            </Box>
          </Section>
          <Section title="How a person from SCIM is linked at first sign-in">
            <Box sx={{ display: 'grid', gap: 1 }}>
              <Box>
                SCIM brings people before they ever signed in. When somebody unknown signs in, the
                value of the link claim in their ID token is looked up among the SCIM people of this
                issuer; exactly one match links the two, once and for good.
              </Box>
              <Box>
                Choose a claim that never changes and is never given to somebody else. For Entra:{' '}
                <code>oid</code>, with <code>objectId</code> mapped to <code>externalId</code>. For
                Okta: <code>sub</code>, with <code>user.getInternalProperty("id")</code> mapped to{' '}
                <code>externalId</code>. E-mail addresses and names are rejected: they change hands.
              </Box>
            </Box>
          </Section>
        </>
      }
    />
  </Page>
);

const NOT_LINKED = 'none';

const SignInForm = ({ issuer }: { issuer: IssuerDetail }) => {
  const { configureSignIn } = useApi();
  const navigate = useNavigate();
  const notifySuccess = useNotifySuccess();
  const { signIn } = issuer;
  const [label, setLabel] = useState(signIn?.label ?? issuer.name);
  const [clientId, setClientId] = useState(signIn?.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [attribute, setAttribute] = useState<string>(signIn?.linkAttribute ?? NOT_LINKED);
  const [claim, setClaim] = useState(
    signIn?.linkClaim ?? (issuer.profile === 'entra' ? 'oid' : 'sub'),
  );
  const [enabled, setEnabled] = useState(signIn?.enabled ?? true);
  const isLinked = isLinkAttribute(attribute);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      configureSignIn(issuer.id, {
        label: label.trim(),
        clientId: clientId.trim(),
        ...(clientSecret === '' ? {} : { clientSecret }),
        linkAttribute: isLinked ? attribute : null,
        linkClaim: isLinked ? claim.trim() : null,
        enabled,
      }),
    onSuccess: () => {
      notifySuccess(`Sign-in at ${issuer.name} is saved.`);
      void navigate(`/issuers/${issuer.id}`);
    },
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Save sign-in"
      onSubmit={() => mutate()}
    >
      <TextInput
        source="label"
        label="Words on the button"
        value={label}
        onChange={setLabel}
        required
        maxLength={60}
        hint={`The sign-in page says “Sign in with ${label || '…'}”.`}
      />
      <TextInput
        source="clientId"
        label="Client id"
        value={clientId}
        onChange={setClientId}
        required
        maxLength={255}
      />
      <TextInput
        source="clientSecret"
        label="Client secret"
        value={clientSecret}
        onChange={setClientSecret}
        required={signIn === null}
        maxLength={2_000}
        type="password"
        hint={
          signIn === null
            ? 'Kept encrypted and never shown again.'
            : 'Empty: the one that is kept stays. It is never shown.'
        }
      />
      <SelectInput
        source="linkAttribute"
        label="Link by the SCIM attribute"
        value={attribute}
        choices={[
          { id: NOT_LINKED, name: 'Not at all: people are added by hand' },
          ...LINK_ATTRIBUTES,
        ]}
        onChange={setAttribute}
      />
      {isLinked && (
        <TextInput
          source="linkClaim"
          label="Link claim"
          value={claim}
          onChange={setClaim}
          required
          maxLength={100}
          hint="The claim of the ID token that carries the same value."
        />
      )}
      <FormControlLabel
        control={
          <Checkbox checked={enabled} onChange={({ target }) => setEnabled(target.checked)} />
        }
        label="People can sign in here"
      />
      {!enabled && (
        <Alert severity="info" variant="outlined">
          The settings are kept, and the sign-in page shows no button.
        </Alert>
      )}
    </FormFrame>
  );
};
