import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Policy } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { listPath, PersonLink, PolicyLink, TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';

const Column = DataTable.Col<Policy>;

export const PolicyList = () => {
  const canPropose = useCan()('propose', 'PolicyVersion');
  return (
    <ListPage
      resource="policies"
      subject="Policy"
      title="Policies"
      one="policy"
      many="policies"
      actions={
        canPropose ? (
          <Button component={Link} to="/policies/propose" variant="contained">
            Propose a new policy
          </Button>
        ) : (
          <ForbiddenHint action="propose" subject="PolicyVersion" what="propose a change" />
        )
      }
      empty={
        <Empty title="There is no policy yet">
          Without a policy nothing is allowed: every call is denied.
        </Empty>
      }
    >
      <Column
        source="name"
        label="Policy"
        disableSort
        render={(policy) => <PolicyLink policy={policy} />}
      />
      <Column
        source="description"
        label="What it is for"
        disableSort
        render={({ description }) => description || 'not said'}
      />
      <Column
        source="active"
        label="Active version"
        disableSort
        render={({ active }) =>
          active === null ? (
            'none'
          ) : (
            <TextLink to={`/policy-versions/${active.id}`}>version {active.number}</TextLink>
          )
        }
      />
      <Column
        source="since"
        label="Since"
        disableSort
        render={({ active }) => (active?.decidedAt ? <Time at={active.decidedAt} /> : '–')}
      />
      <Column
        source="by"
        label="Proposed by, published by"
        disableSort
        render={({ active }) =>
          active === null ? (
            '–'
          ) : (
            <>
              {active.proposedBy === null ? (
                'the system'
              ) : (
                <PersonLink person={active.proposedBy} />
              )}
              {active.decidedBy !== null && (
                <>
                  , <PersonLink person={active.decidedBy} />
                </>
              )}
            </>
          )
        }
      />
      <Column
        source="ruleCount"
        label="Rules"
        disableSort
        align="right"
        render={({ ruleCount, isReadable }) => (isReadable ? ruleCount : 'cannot be read')}
      />
      <Column
        source="inReviewCount"
        label="In review"
        disableSort
        align="right"
        render={({ id, inReviewCount }) => (
          <TextLink to={listPath('policy-versions', { policyId: id, state: 'in_review' })}>
            {inReviewCount}
          </TextLink>
        )}
      />
    </ListPage>
  );
};
