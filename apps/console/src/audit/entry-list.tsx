import { DataTable } from 'react-admin';
import type { LedgerEntry } from '../api/types.js';
import { CopyableId } from '../shared/copyable.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { TimeFilter } from '../shared/time-filter.js';
import { ActorFilters } from './actor-filters.js';
import { EntryOutcome } from './entry-outcome.js';
import { ActorLink, SubjectLink } from './entry-links.js';
import { IdFilters } from './id-filters.js';
import { TypeFilter } from './type-filter.js';
import { VerifyLedger } from './verify-ledger.js';

const ID_SHOWN = 13;
const CALL_SHOWN = 12;
const HASH_SHOWN = 12;

const Column = DataTable.Col<LedgerEntry>;

export const EntryList = () => (
  <ListPage
    resource="ledger-entries"
    subject="LedgerEntry"
    title="Ledger"
    one="entry"
    many="entries"
    above={<VerifyLedger />}
    filters={
      <>
        <TypeFilter />
        <ActorFilters />
        <TimeFilter />
        <IdFilters />
      </>
    }
    empty={
      <Empty title="The ledger is empty">
        The first thing that anybody does here, or any agent’s first call, is its first entry.
      </Empty>
    }
  >
    <Column
      source="type"
      label="Entry"
      disableSort
      render={({ id, type }) => (
        <TextLink to={`/ledger-entries/${id}`}>
          <span className="nowrap">{type}</span>
        </TextLink>
      )}
    />
    <Column source="at" label="When" disableSort render={({ at }) => <Time at={at} />} />
    <Column
      source="actor"
      label="By"
      disableSort
      render={({ actor }) => <ActorLink actor={actor} />}
    />
    <Column
      source="subject"
      label="About"
      disableSort
      render={({ subject }) => <SubjectLink subject={subject} />}
    />
    <Column
      source="outcome"
      label="Outcome"
      disableSort
      render={({ data }) => <EntryOutcome data={data} />}
    />
    <Column
      source="callId"
      label="Call"
      disableSort
      render={({ callId }) =>
        callId === null ? (
          '–'
        ) : (
          <TextLink to={`/calls/${callId}`}>{callId.slice(-CALL_SHOWN)}</TextLink>
        )
      }
    />
    <Column
      source="chain"
      label="Chain, number"
      disableSort
      render={({ chain, seq }) => (
        <span className="nowrap">
          <CopyableId id={chain} keep={ID_SHOWN} /> {seq}
        </span>
      )}
    />
    <Column
      source="hash"
      label="Hash"
      disableSort
      render={({ hash }) => <CopyableId id={hash} keep={HASH_SHOWN} />}
    />
  </ListPage>
);
