import { Box } from '@mui/material';
import type { PersonDetail } from '../api/types.js';
import { personFacts } from '../sign-in/ability.js';
import { CopyableId } from '../shared/copyable.js';
import { visibleText } from '../shared/format.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { ReasonButton } from '../shared/reason-button.js';
import { Empty } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';

const LINKED_BY: Readonly<Record<PersonDetail['identities'][number]['linkedBy'], string>> = {
  added: 'entered here',
  setup_code: 'setup code',
  claim: 'link claim at sign-in',
};

/** As whom they sign in and tokens name them. */
export const PersonIdentities = ({ person }: { person: PersonDetail }) => (
  <Section title="Identities">
    {person.identities.length === 0 ? (
      <Empty title="They have never signed in">
        Provisioned by SCIM. Their first sign-in links them, where the issuer has a link claim.
      </Empty>
    ) : (
      <PlainTable
        label={`Identities of ${person.name}`}
        rows={person.identities}
        rowKey={({ issuer, subject }) => `${issuer} ${subject}`}
        columns={[
          { name: 'Issuer', render: ({ issuer }) => <CopyableId id={issuer} /> },
          { name: 'Subject', render: ({ subject }) => <CopyableId id={subject} /> },
          {
            name: 'Linked',
            render: ({ linkedAt, linkedBy }) => (
              <>
                <CopyableTime at={linkedAt} /> by {LINKED_BY[linkedBy]}
              </>
            ),
          },
          {
            name: 'Confirmed',
            render: (identity) => <Confirmed person={person} identity={identity} />,
          },
        ]}
      />
    )}
  </Section>
);

/** Whether two people said that it is them: until then no privileged role of theirs counts. */
const Confirmed = ({
  person,
  identity,
}: {
  person: PersonDetail;
  identity: PersonDetail['identities'][number];
}) => {
  const { confirmIdentity, rejectIdentity } = useApi();
  const { issuer, subject, linkedBy, confirmedAt } = identity;
  if (linkedBy !== 'claim') return 'not needed';
  if (confirmedAt !== null) return <CopyableTime at={confirmedAt} />;
  const common = { subject: 'Person', instance: personFacts(person) } as const;
  return (
    <>
      not yet: the roles IT, security and emergency access do not count
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mt: 0.5 }}>
        <ReasonButton
          {...common}
          action="confirm"
          label="Confirm…"
          title={`Is this ${person.name}?`}
          verb="Confirm"
          verbing="Confirming"
          act={(reason) => confirmIdentity(person.id, { issuer, subject, reason })}
          done="Confirmed: their roles count, and cool off."
        >
          {`Anybody who signs in as ${visibleText(subject)} has their roles. Ask them in person.`}
        </ReasonButton>
        <ReasonButton
          {...common}
          action="reject"
          label="Reject…"
          title={`Is this not ${person.name}?`}
          verb="Reject"
          verbing="Rejecting"
          isDangerous
          act={(reason) => rejectIdentity(person.id, { issuer, subject, reason })}
          done="Unlinked: it is signed out everywhere."
        >
          It is unlinked and signed out everywhere. Correct the attribute at the provider: their
          next sign-in links them again.
        </ReasonButton>
      </Box>
    </>
  );
};
