import { Box } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { FormFrame, SelectInput, TextInput } from '../shared/form.js';
import { Page, Section } from '../shared/page.js';
import { ReferenceSelect } from '../shared/pick-one.js';
import { RequirePermission } from '../shared/states.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';

const DELIVERIES = [
  { id: 'push', name: 'The transmitter pushes to us (RFC 8935)' },
  { id: 'poll', name: 'We poll the transmitter (RFC 8936)' },
];

export const StreamRegister = () => (
  <RequirePermission action="register" subject="SignalStream" what="receive streams">
    <Page title="Receive a stream">
      <TwoColumns left={<RegisterForm />} right={<What />} />
    </Page>
  </RequirePermission>
);

const RegisterForm = () => {
  const { registerSignalStream } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [issuerId, setIssuerId] = useState('');
  const [audience, setAudience] = useState(window.location.origin);
  const [delivery, setDelivery] = useState('push');
  const [pollUrl, setPollUrl] = useState('');
  const [pollToken, setPollToken] = useState('');
  const isPolled = delivery === 'poll';
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      registerSignalStream({
        issuerId,
        audience: audience.trim(),
        delivery: isPolled ? 'poll' : 'push',
        pollUrl: isPolled ? pollUrl.trim() : null,
        pollToken: isPolled ? pollToken.trim() : null,
      }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/signal-streams/${id}`);
    },
  });
  return (
    <FormFrame error={error} isSubmitting={isPending} submit="Receive it" onSubmit={() => mutate()}>
      <ReferenceSelect
        source="issuerId"
        label="Issuer"
        resource="issuers"
        value={issuerId}
        onChange={setIssuerId}
        hint="The trusted issuer that signs the signals."
      />
      <TextInput
        source="audience"
        label="Audience"
        value={audience}
        onChange={setAudience}
        required
        maxLength={500}
        hint="What every signal must name as aud, exactly; the transmitter says or asks for it."
      />
      <SelectInput
        source="delivery"
        label="Delivery"
        value={delivery}
        choices={DELIVERIES}
        onChange={setDelivery}
      />
      {isPolled && (
        <>
          <TextInput
            source="pollUrl"
            label="Poll address"
            value={pollUrl}
            onChange={setPollUrl}
            required
            type="url"
            maxLength={500}
            hint="The endpoint_url that the transmitter gives for this stream."
          />
          <TextInput
            source="pollToken"
            label="The transmitter’s bearer token"
            value={pollToken}
            onChange={setPollToken}
            required
            maxLength={4_000}
            type="password"
            hint="Kept encrypted and never shown again."
          />
        </>
      )}
    </FormFrame>
  );
};

const What = () => (
  <Section title="What a signal does">
    <Box component="ul" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.5 }}>
      <li>
        <strong>session-revoked</strong>, <strong>credential-change</strong> and{' '}
        <strong>device-compliance-change</strong> (to not compliant) about a person or an agent that
        we know: their sessions end and tokens issued before are not valid any more.
      </li>
      <li>About somebody whom we do not know: noted, and nothing else.</li>
      <li>Other signals are acknowledged and ignored.</li>
      <li>A signal is believed only if the issuer signed it, for exactly this audience.</li>
    </Box>
    <Box sx={{ mt: 1, color: 'text.secondary' }}>
      For push you get the address to enter at the transmitter on the next screen.
    </Box>
  </Section>
);
