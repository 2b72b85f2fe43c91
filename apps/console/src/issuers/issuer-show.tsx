import { Alert, Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { IssuerDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { listPath, TextLink } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { ReasonButton } from '../shared/reason-button.js';
import { RecordPage } from '../shared/record-page.js';
import { ForbiddenHint } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { TwoColumns } from '../shared/two-columns.js';
import { useApi } from '../shared/use-api.js';
import { formatCount } from '../shared/format.js';
import { ConnectionTest } from './connection-test.js';
import { IssuerSignIn } from './issuer-sign-in.js';
import { profileName } from './token-profiles.js';

export const IssuerShow = () => (
  <RecordPage<IssuerDetail> resource="issuers" subject="Issuer" one="issuer">
    {(issuer) => (
      <Page
        title={issuer.name}
        aside={<Badge name={issuer.retiredAt === null ? 'issuer:trusted' : 'issuer:retired'} />}
        actions={
          issuer.retiredAt === null ? <Actions issuer={issuer} /> : <Restore issuer={issuer} />
        }
      >
        {issuer.retiredAt !== null && (
          <Alert severity="warning">
            Retired <CopyableTime at={issuer.retiredAt} />: none of its tokens is accepted, and
            nobody signs in there.
          </Alert>
        )}
        <Facts columns={2} items={factsOf(issuer)} />
        <TwoColumns
          left={<IssuerSignIn issuer={issuer} />}
          right={<ConnectionTest subjectOf={(sample) => ({ issuerId: issuer.id, ...sample })} />}
        />
      </Page>
    )}
  </RecordPage>
);

const Actions = ({ issuer }: { issuer: IssuerDetail }) => {
  const can = useCan();
  const { retireIssuer } = useApi();
  return (
    <>
      {can('change', 'Issuer') ? (
        <Button component={Link} to={`/issuers/${issuer.id}/change`}>
          Change…
        </Button>
      ) : (
        <ForbiddenHint action="change" subject="Issuer" what="change it" />
      )}
      <ReasonButton
        label="Retire…"
        action="retire"
        subject="Issuer"
        title={`Retire ${issuer.name}?`}
        verb="Retire the issuer"
        verbing="Retiring"
        isDangerous
        act={(reason) => retireIssuer(issuer.id, reason)}
        done={`${issuer.name} is retired: none of its tokens is accepted any more.`}
      >
        None of its tokens is accepted any more: {formatCount(issuer.bindingCount, 'binding')} of
        agents to it stop working. Nobody can sign in there any more, and the sessions of those who
        did end. IT can restore it with the settings that it has now; what ended stays ended.
      </ReasonButton>
    </>
  );
};

const Restore = ({ issuer }: { issuer: IssuerDetail }) => {
  const { restoreIssuer } = useApi();
  return (
    <ReasonButton
      label="Restore…"
      action="register"
      subject="Issuer"
      what="restore it"
      title={`Trust ${issuer.name} again?`}
      verb="Trust it again"
      verbing="Restoring"
      warning="This takes effect at once, on every replica."
      act={(reason) => restoreIssuer(issuer.id, reason)}
      done={`${issuer.name} is trusted again.`}
    >
      Its tokens are accepted again, with the settings that it had:{' '}
      {formatCount(issuer.bindingCount, 'binding')} of agents work again. Test the connection first.
    </ReasonButton>
  );
};

const Lines = ({ values }: { values: readonly string[] }) =>
  values.map((value) => (
    <div key={value}>
      <CopyableId id={value} />
    </div>
  ));

const factsOf = (issuer: IssuerDetail) => [
  { name: 'Issuer', value: <CopyableId id={issuer.url} /> },
  { name: 'Token profile', value: profileName(issuer.profile) },
  { name: 'Audiences', value: <Lines values={issuer.audiences} /> },
  { name: 'Algorithms', value: issuer.algorithms.join(', ') },
  {
    name: 'Required claims',
    value:
      Object.keys(issuer.requiredClaims).length === 0 ? (
        'none'
      ) : (
        <Lines
          values={Object.entries(issuer.requiredClaims).map(([name, value]) => `${name}=${value}`)}
        />
      ),
  },
  { name: 'Clock tolerance', value: `${issuer.clockToleranceSeconds} s` },
  { name: 'Maximum token age', value: `${issuer.maxTokenAgeSeconds} s` },
  {
    name: 'Security events',
    value: issuer.signalsByEmail
      ? 'may name people by e-mail address'
      : 'name people by issuer and subject only',
  },
  {
    name: 'Keys',
    value: issuer.keysUrl === null ? 'by discovery' : <CopyableId id={issuer.keysUrl} />,
  },
  {
    name: 'Bindings',
    value: (
      <>
        {issuer.bindingCount} · <TextLink to={listPath('agents')}>agents</TextLink>
      </>
    ),
  },
  { name: 'Changed', value: <CopyableTime at={issuer.updatedAt} /> },
  { name: 'Id', value: <CopyableId id={issuer.id} /> },
];
