import { Alert } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { PersonDetail } from '../api/types.js';
import { FormFrame, TextInput } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { FewMany } from '../shared/pick-many.js';
import { RecordPage } from '../shared/record-page.js';
import { RequirePermission } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';

export const PersonChange = () => (
  <RequirePermission action="change" subject="Person" what="change people">
    <RecordPage<PersonDetail> resource="people" subject="Person" one="person">
      {(person) => <ChangeForm person={person} />}
    </RecordPage>
  </RequirePermission>
);

const ChangeForm = ({ person }: { person: PersonDetail }) => {
  const { changePerson } = useApi();
  const navigate = useNavigate();
  const notifySuccess = useNotifySuccess();
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email);
  const [teamIds, setTeamIds] = useState(person.teams.map(({ id }) => id));
  const isOurs = person.managedBy === null;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      changePerson(person.id, {
        teamIds,
        ...(isOurs ? { name: name.trim(), email: email.trim() } : {}),
      }),
    onSuccess: () => {
      notifySuccess(`${person.name} is changed.`);
      void navigate(`/people/${person.id}`);
    },
  });
  return (
    <Page title={`Change ${person.name}`}>
      {person.managedBy !== null && (
        <Alert severity="info" variant="outlined" sx={{ maxWidth: 640 }}>
          Name and e-mail come from SCIM ({person.managedBy.name}) and are changed there. Teams are
          Gatehouse’s own.
        </Alert>
      )}
      <FormFrame error={error} isSubmitting={isPending} submit="Save" onSubmit={() => mutate()}>
        {isOurs && (
          <>
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
            />
          </>
        )}
        <FewMany
          source="teamIds"
          label="Teams"
          resource="teams"
          value={teamIds}
          onChange={setTeamIds}
          hint="Developers see and suspend the agents of these teams."
        />
      </FormFrame>
    </Page>
  );
};
