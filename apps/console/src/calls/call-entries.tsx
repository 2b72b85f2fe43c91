import type { CallDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { CopyableId } from '../shared/copyable.js';
import { TextLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';

const HASH_SHOWN = 24;

/** The ledger's entries about one call, in order. */
export const CallEntries = ({ entries }: { entries: CallDetail['entries'] }) => {
  const canOpen = useCan()('read', 'LedgerEntry');
  if (entries.length === 0) {
    return (
      <Empty title="The ledger has no entry about it">That should not be: verify the ledger.</Empty>
    );
  }
  return (
    <PlainTable
      label="Ledger entries about this call"
      rows={entries}
      rowKey={({ id }) => id}
      columns={[
        {
          name: 'Entry',
          render: ({ id, type }) =>
            canOpen ? <TextLink to={`/ledger-entries/${id}`}>{type}</TextLink> : type,
        },
        { name: 'Written', render: ({ at }) => <CopyableTime at={at} /> },
        { name: 'Chain', render: ({ chain }) => <CopyableId id={chain} keep={13} /> },
        { name: 'Number', render: ({ seq }) => seq },
        { name: 'Hash', render: ({ hash }) => <CopyableId id={hash} keep={HASH_SHOWN} /> },
      ]}
    />
  );
};
