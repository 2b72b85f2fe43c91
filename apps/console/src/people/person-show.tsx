import { Alert } from '@mui/material';
import type { PersonDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { listPath, TeamLink, TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { CopyableTime } from '../shared/time.js';
import { TwoColumns } from '../shared/two-columns.js';
import { visibleText } from '../shared/format.js';
import { ManagedBy } from './managed-by.js';
import { PersonActions } from './person-actions.js';
import { PersonAgents } from './person-agents.js';
import { PersonIdentities } from './person-identities.js';
import { PersonRights } from './person-rights.js';
import { PersonRoles } from './person-roles.js';

export const PersonShow = () => (
  <RecordPage<PersonDetail> resource="people" subject="Person" one="person">
    {(person) => (
      <Page
        title={visibleText(person.name)}
        aside={<Badge name={person.isActive ? 'person:active' : 'person:disabled'} />}
        actions={<PersonActions person={person} />}
      >
        {person.disabledAt !== null && (
          <Alert severity="warning">
            Disabled <CopyableTime at={person.disabledAt} /> {disabledBy(person)}: they cannot sign
            in, and nothing is done on their behalf.
          </Alert>
        )}
        <PersonFacts person={person} />
        <TwoColumns
          left={
            <>
              <PersonRoles person={person} />
              <Section title="Groups and teams">
                <Membership person={person} />
              </Section>
              <PersonIdentities person={person} />
            </>
          }
          right={
            <>
              <PersonRights person={person} />
              <PersonAgents person={person} />
            </>
          }
        />
      </Page>
    )}
  </RecordPage>
);

/** Who keeps them out, and what their SCIM client says, which are two things. */
const disabledBy = ({
  disabledByPeople,
  stoppedBySecurity,
  isActiveAtClient,
  managedBy,
}: PersonDetail): string => {
  const client = managedBy?.name ?? 'SCIM';
  if (!disabledByPeople) return isActiveAtClient === null ? '' : `by ${client}`;
  const people = stoppedBySecurity ? 'by security, which alone enables them again' : 'by IT';
  if (isActiveAtClient === null) return people;
  return `${people} (${client} says: ${isActiveAtClient ? 'active' : 'inactive'})`;
};

const PersonFacts = ({ person }: { person: PersonDetail }) => {
  const can = useCan();
  return (
    <Facts
      columns={3}
      items={[
        { name: 'E-mail', value: <CopyableId id={person.email} /> },
        { name: 'Comes from', value: <ManagedBy connection={person.managedBy} /> },
        { name: 'Known since', value: <CopyableTime at={person.createdAt} /> },
        {
          name: 'Last sign-in',
          value: person.lastSignInAt === null ? 'never' : <CopyableTime at={person.lastSignInAt} />,
        },
        {
          name: 'Access revoked',
          value:
            person.tokensRevokedBefore === null ? (
              'never'
            ) : (
              <CopyableTime at={person.tokensRevokedBefore} />
            ),
        },
        {
          name: 'What they did',
          value: can('read', 'LedgerEntry') ? (
            <TextLink to={listPath('ledger-entries', { actorId: person.id })}>
              In the ledger
            </TextLink>
          ) : (
            'in the ledger'
          ),
        },
      ]}
    />
  );
};

const Membership = ({ person }: { person: PersonDetail }) => {
  const can = useCan();
  return (
    <Facts
      items={[
        {
          name: 'Groups',
          value:
            person.groups.length === 0
              ? 'none'
              : person.groups.map(({ id, name }) => (
                  <div key={id}>
                    {can('read', 'Group') ? <TextLink to={`/groups/${id}`}>{name}</TextLink> : name}
                  </div>
                )),
        },
        {
          name: 'Teams',
          value:
            person.teams.length === 0
              ? 'none'
              : person.teams.map((team) => (
                  <div key={team.id}>
                    <TeamLink team={team} />
                  </div>
                )),
        },
      ]}
    />
  );
};
