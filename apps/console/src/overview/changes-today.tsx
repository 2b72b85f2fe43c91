import type { Overview } from '../api/types.js';
import { useMay } from '../session/session-store.js';
import { listPath, To } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { spaced, visibleText } from '../shared/words.js';

const SHOWN = 8;

const midnight = (): string => new Date(new Date().setHours(0, 0, 0, 0)).toISOString();

/** What people and the installation changed since midnight. */
export const ChangesToday = ({ changes }: { changes: Overview['changesToday'] }) => {
  const mayOpen = useMay()('read', 'LedgerEntry');
  return (
    <Section
      title="Changed today"
      aside={
        mayOpen && <To to={listPath('ledger-entries', { from: midnight() })}>In the ledger</To>
      }
    >
      {changes.length === 0 ? (
        <Empty title="Nothing was changed today" />
      ) : (
        <PlainTable
          label="Changed today"
          rows={changes.slice(0, SHOWN)}
          rowKey={({ id }) => id}
          columns={[
            {
              name: 'When',
              width: 86,
              render: ({ id, at }) =>
                mayOpen ? (
                  <To to={`/ledger-entries/${id}`}>
                    <Time at={at} />
                  </To>
                ) : (
                  <Time at={at} />
                ),
            },
            { name: 'Who', render: ({ actor }) => visibleText(actor) },
            { name: 'What', render: ({ type }) => spaced(type) },
            {
              name: 'About',
              render: ({ subject }) => (subject === null ? '–' : visibleText(subject)),
            },
            { name: 'Result', render: ({ outcome }) => spaced(outcome) },
          ]}
        />
      )}
    </Section>
  );
};
