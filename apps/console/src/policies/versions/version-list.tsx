import { DataTable } from 'react-admin';
import type { PolicyVersion } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';
import { badgeLabel } from '../../shared/badges.js';
import { FewFilter, SelectFilter } from '../../shared/filters.js';
import { PolicyLink, TextLink } from '../../shared/links.js';
import { ListPage } from '../../shared/list-page.js';
import { useLive } from '../../shared/live.js';
import { Quoted } from '../../shared/quoted.js';
import { Empty } from '../../shared/states.js';
import { Time } from '../../shared/time.js';
import { ByPerson } from '../../shared/by-person.js';

const REFRESH_MS = 10_000;

const STATES = (['in_review', 'active', 'archived', 'rejected'] as const).map((id) => ({
  id,
  name: badgeLabel(`version:${id}`),
}));

const KINDS = [
  { id: 'policy', name: 'Policy' },
  { id: 'access_grant', name: 'Access grant' },
];

const Column = DataTable.Col<PolicyVersion>;

export const VersionList = () => (
  <ListPage
    resource="policy-versions"
    subject="PolicyVersion"
    title="Policy changes"
    one="version"
    refetchInterval={useLive(REFRESH_MS)}
    filters={
      <>
        <SelectFilter source="state" label="State" choices={STATES} />
        <SelectFilter source="kind" label="Kind" choices={KINDS} />
        <FewFilter source="policyId" label="Policy" resource="policies" />
      </>
    }
    empty={
      <Empty title="Nothing was proposed yet">
        Changes begin at a <TextLink to="/policies">policy</TextLink>, or by denying a tool for an
        agent.
      </Empty>
    }
  >
    <Column
      source="number"
      label="Change"
      disableSort
      render={({ id, policy, number }) => (
        <TextLink to={`/policy-versions/${id}`}>
          {policy.name}, version {number}
        </TextLink>
      )}
    />
    <Column
      source="policy"
      label="Policy"
      disableSort
      render={({ policy }) => <PolicyLink policy={policy} />}
    />
    <Column
      source="state"
      label="State"
      disableSort
      render={({ state }) => <Badge name={`version:${state}`} />}
    />
    <Column
      source="note"
      label="Note"
      disableSort
      render={({ note }) => <Quoted text={note} max={90} />}
    />
    <Column
      source="proposedBy"
      label="Proposed by"
      disableSort
      render={({ proposedBy }) => <ByPerson person={proposedBy} />}
    />
    <Column
      source="proposedAt"
      label="Proposed"
      disableSort
      render={({ proposedAt }) => <Time at={proposedAt} />}
    />
    <Column
      source="decidedBy"
      label="Decided by"
      disableSort
      render={(version) =>
        version.decidedAt === null ? 'open' : <ByPerson person={version.decidedBy} />
      }
    />
  </ListPage>
);
