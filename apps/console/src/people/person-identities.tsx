import type { PersonDetail } from '../api/types.js';
import { CopyableId } from '../shared/copyable.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';

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
        ]}
      />
    )}
  </Section>
);
