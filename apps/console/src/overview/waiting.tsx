import type { Overview } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { listPath } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { CountList } from './count-list.js';

const SERVER_STATES = ['ready', 'discovering', 'failed'] as const;

/** What waits for somebody, and whether the tool servers are reachable. */
export const Waiting = ({ overview }: { overview: Overview }) => {
  const can = useCan();
  // Null where the reader may not see what is behind it.
  const { inReviewCount, toolServers } = overview;
  return (
    <>
      {inReviewCount !== null && (
        <Section title="Waiting for a decision">
          <CountList
            counts={[
              {
                key: 'in_review',
                label: 'Policy changes in review',
                count: inReviewCount,
                to: can('read', 'PolicyVersion')
                  ? listPath('policy-versions', { state: 'in_review' })
                  : undefined,
              },
            ]}
          />
        </Section>
      )}
      {toolServers !== null && (
        <Section title="Tool servers">
          <CountList
            counts={SERVER_STATES.map((state) => ({
              key: state,
              label: <Badge name={`server:${state}`} />,
              count: toolServers[state],
              to: can('read', 'ToolServer') ? listPath('tool-servers', { state }) : undefined,
            }))}
          />
        </Section>
      )}
    </>
  );
};
