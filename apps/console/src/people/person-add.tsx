import { Alert, Autocomplete, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetList, useGetOne } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { Issuer, PersonDetail } from '../api/types.js';
import { useCan, useSession } from '../sign-in/session-store.js';
import { FormFrame, TextInput, useHelperText } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { FewMany } from '../shared/pick-many.js';
import { RequirePermission } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';

const ALL_OF_FEW = 100;

/** Adds somebody whom no SCIM client brings. */
export const PersonAdd = () => (
  <RequirePermission action="register" subject="Person" what="add people">
    <Page title="Add a person">
      <Alert severity="info" variant="outlined" sx={{ maxWidth: 640 }}>
        For those whom SCIM does not bring. They can sign in at once, and may do nothing until
        somebody gives them a role.
      </Alert>
      <AddForm />
    </Page>
  </RequirePermission>
);

const AddForm = () => {
  const { addPerson } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [issuer, setIssuer] = useState('');
  const [subject, setSubject] = useState('');
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      addPerson({
        name: name.trim(),
        email: email.trim(),
        issuer: issuer.trim(),
        subject: subject.trim(),
        teamIds,
      }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/people/${id}`);
    },
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Add the person"
      onSubmit={() => mutate()}
    >
      <TextInput
        source="name"
        label="Name"
        value={name}
        onChange={setName}
        required
        maxLength={200}
      />
      <TextInput
        source="email"
        label="E-mail"
        value={email}
        onChange={setEmail}
        required
        maxLength={254}
        hint="Only shown: it says nothing about who signs in."
      />
      <IssuerUrl value={issuer} onChange={setIssuer} />
      <TextInput
        source="subject"
        label="Subject"
        value={subject}
        onChange={setSubject}
        required
        maxLength={255}
        hint="Their unchanging id there, compared exactly: sub of their ID token; at Entra the object ID (oid)."
      />
      <FewMany
        source="teamIds"
        label="Teams"
        resource="teams"
        value={teamIds}
        onChange={setTeamIds}
        hint="Developers see and suspend the agents of their teams."
      />
    </FormFrame>
  );
};

/** The issuer that attests who they are: one that is trusted, the reader's own, or any other. */
const IssuerUrl = ({ value, onChange }: { value: string; onChange: (url: string) => void }) => {
  const can = useCan();
  const session = useSession();
  const { data: issuers = [] } = useGetList<Issuer>(
    'issuers',
    { pagination: { page: 1, perPage: ALL_OF_FEW } },
    { enabled: can('read', 'Issuer'), onError: () => undefined },
  );
  const { data: self } = useGetOne<PersonDetail>(
    'people',
    { id: session?.person.id ?? '' },
    { enabled: session !== null && can('read', 'Person'), onError: () => undefined },
  );
  const urls = new Set([
    ...(self?.identities ?? []).map(({ issuer }) => issuer),
    ...issuers.filter(({ retiredAt }) => retiredAt === null).map(({ url }) => url),
  ]);
  const words = useHelperText(
    'issuer',
    'Where they sign in: the identity provider’s issuer address, exactly.',
  );
  return (
    <Autocomplete
      freeSolo
      options={[...urls]}
      inputValue={value}
      onInputChange={(_, text) => onChange(text)}
      size="small"
      renderInput={(parameters) => (
        <TextField {...parameters} {...words} label="Signs in at" name="issuer" required />
      )}
    />
  );
};
