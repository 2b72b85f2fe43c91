import { DataTable } from 'react-admin';
import type { ProposedChange } from '../api/types.js';
import { SubjectLink } from '../audit/entry-links.js';
import { Badge } from '../shared/badge.js';
import { ByPerson } from '../shared/by-person.js';
import { SelectFilter } from '../shared/filters.js';
import { Line } from '../shared/line.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { useLive } from '../shared/live.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { commandText } from './command-text.js';
import { Confirmers } from './confirmers.js';

const REFRESH_MS = 10_000;
const STATES = [
  { id: 'to_confirm', name: 'For me to confirm' },
  { id: 'all', name: 'All' },
];

const Column = DataTable.Col<ProposedChange>;

export const ProposedChangeList = () => (
  <ListPage
    resource="proposed-changes"
    subject="ProposedChange"
    title="Proposed changes"
    one="proposed change"
    refetchInterval={useLive(REFRESH_MS)}
    filters={
      <SelectFilter source="state" label="State" choices={STATES} unset="Open" width={170} />
    }
    empty={
      <Empty title="No change waits for a second person">
        A change that could give somebody more rights, for example of a trusted issuer’s keys, is
        made only when a second person confirms it here.
      </Empty>
    }
  >
    <Column
      source="command"
      label="Change"
      disableSort
      render={({ id, command }) => (
        <TextLink to={`/proposed-changes/${id}`}>{commandText(command)}</TextLink>
      )}
    />
    <Column
      source="subject"
      label="About"
      disableSort
      render={({ subject }) => (
        <Line>
          <SubjectLink subject={subject} />
        </Line>
      )}
    />
    <Column
      source="state"
      label="State"
      disableSort
      render={({ state, canConfirm }) => (
        <Badge name={`proposed-change:${canConfirm ? 'to_confirm' : state}`} />
      )}
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
      source="expiresAt"
      label="Expires"
      disableSort
      render={({ expiresAt }) => <Time at={expiresAt} isToCome />}
    />
    <Column
      source="confirmers"
      label="Who can confirm"
      disableSort
      render={(change) => <Confirmers change={change} />}
    />
  </ListPage>
);
