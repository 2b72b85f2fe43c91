import type { Overview } from '../api/types.js';
import { EntryOutcome } from '../audit/entry-outcome.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { listPath, TextLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { spaced, visibleText } from '../shared/format.js';

const SHOWN = 8;

const midnight = (): string => new Date(new Date().setHours(0, 0, 0, 0)).toISOString();

type Changes = NonNullable<Overview['changesToday']>;

/** What people and the system changed since midnight. */
export const ChangesToday = ({
  changes,
  verified,
}: {
  /** Null where the reader may not see them. */
  changes: Changes | null;
  verified: NonNullable<Overview['ledger']>['lastVerification'];
}) => {
  const canOpen = useCan()('read', 'LedgerEntry');
  return (
    <Section
      title="Changed today"
      aside={
        canOpen && (
          <TextLink to={listPath('ledger-entries', { from: midnight() })}>In the ledger</TextLink>
        )
      }
    >
      {changes === null || !canOpen ? (
        <ForbiddenHint action="read" subject="LedgerEntry" what="see what was changed" />
      ) : changes.length === 0 ? (
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
                canOpen ? (
                  <TextLink to={`/ledger-entries/${id}`}>
                    <Time at={at} />
                  </TextLink>
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
            {
              name: 'Result',
              render: (change) => <Result change={change} verified={verified} />,
            },
          ]}
        />
      )}
    </Section>
  );
};

/** A verification that ran to its end succeeded as a command, whatever it found. */
const Result = ({
  change: { type, outcome, at },
  verified,
}: {
  change: Changes[number];
  verified: NonNullable<Overview['ledger']>['lastVerification'];
}) => {
  if (type === 'verify-ledger' && outcome === 'succeeded') {
    return verified?.at === at ? (
      <Badge name={verified.ok ? 'integrity:true' : 'integrity:false'} />
    ) : (
      <>done</>
    );
  }
  return <EntryOutcome data={{ command: type, outcome }} />;
};
