import type { LedgerEntry } from '../api/types.js';
import { CopyableId } from '../shared/copyable.js';
import { TextLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { CopyableTime } from '../shared/time.js';
import { EntryOutcome } from './entry-outcome.js';
import { ActorLink } from './entry-links.js';

const HASH_SHOWN = 16;

/** A few entries inside another screen. */
export const EntriesTable = ({
  entries,
  label,
}: {
  entries: readonly LedgerEntry[];
  label: string;
}) => (
  <PlainTable
    label={label}
    rows={entries}
    rowKey={({ id }) => id}
    columns={[
      {
        name: 'Entry',
        render: ({ id, type }) => (
          <TextLink to={`/ledger-entries/${id}`}>
            <span className="nowrap">{type}</span>
          </TextLink>
        ),
      },
      { name: 'When', render: ({ at }) => <CopyableTime at={at} /> },
      { name: 'By', render: ({ actor }) => <ActorLink actor={actor} /> },
      { name: 'Outcome', render: ({ data }) => <EntryOutcome data={data} /> },
      { name: 'Number', render: ({ seq }) => seq },
      { name: 'Hash', render: ({ hash }) => <CopyableId id={hash} keep={HASH_SHOWN} /> },
    ]}
  />
);
