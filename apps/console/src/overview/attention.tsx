import { useGetList } from 'react-admin';
import type { Action, SubjectName } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import type { BadgeName } from '../shared/badges.js';
import { listPath } from '../shared/links.js';
import { useLive } from '../shared/live.js';
import { Section } from '../shared/page.js';
import { CountLine, CountLines } from './count-list.js';

const REFRESH_MS = 10_000;

interface Line {
  key: string;
  label: string;
  /** Shown beside the words as long as there is one. */
  badge?: BadgeName;
  resource: string;
  subject: SubjectName;
  /** What the reader must be able to do there; `read` unless it says otherwise. */
  action?: Action;
  filter: Readonly<Record<string, string>>;
}

// Each number is the total of the very list that it leads to.
const LINES: readonly Line[] = [
  {
    key: 'alerts',
    label: 'Alerts',
    badge: 'alert:open',
    resource: 'alerts',
    subject: 'Alert',
    filter: {},
  },
  {
    key: 'proposedChanges',
    label: 'Changes for you to confirm',
    badge: 'proposed-change:to_confirm',
    resource: 'proposed-changes',
    subject: 'ProposedChange',
    filter: { state: 'to_confirm' },
  },
  {
    key: 'unconfirmed',
    label: 'First sign-ins',
    badge: 'identity:unconfirmed',
    resource: 'people',
    subject: 'Person',
    action: 'confirm',
    filter: { unconfirmed: 'true' },
  },
  {
    key: 'killSwitches',
    label: 'Active kill switches',
    badge: 'kill-switch:active',
    resource: 'kill-switches',
    subject: 'KillSwitch',
    filter: { inForce: 'true' },
  },
  {
    key: 'orphaned',
    label: 'Agents without an owner',
    badge: 'agent:orphaned',
    resource: 'agents',
    subject: 'Agent',
    filter: { orphaned: 'true' },
  },
  {
    key: 'unregistered',
    label: 'Unregistered agents',
    badge: 'unregistered-agent:waiting',
    resource: 'unregistered-agents',
    subject: 'UnregisteredAgent',
    filter: { blocked: 'false' },
  },
  {
    key: 'requests',
    label: 'Access requests to draft',
    resource: 'access-requests',
    subject: 'AccessRequest',
    filter: { state: 'open' },
  },
  {
    key: 'drafted',
    label: 'Access grants to publish',
    resource: 'access-requests',
    subject: 'AccessRequest',
    filter: { state: 'drafted' },
  },
];

/** What somebody must look at, as far as the reader's roles show it. */
export const Attention = () => {
  const can = useCan();
  const shown = LINES.filter(({ action = 'read', subject }) => can(action, subject));
  if (shown.length === 0) return null;
  return (
    <Section title="Needs attention">
      <CountLines>
        {shown.map((line) => (
          <Counted key={line.key} line={line} />
        ))}
      </CountLines>
    </Section>
  );
};

const Counted = ({ line: { label, badge, resource, filter } }: { line: Line }) => {
  const live = useLive(REFRESH_MS);
  const { total } = useGetList(
    resource,
    { pagination: { page: 1, perPage: 1 }, filter },
    { refetchInterval: live, onError: () => undefined },
  );
  const words =
    badge === undefined || !total ? (
      label
    ) : (
      <>
        {label} <Badge name={badge} />
      </>
    );
  return <CountLine label={words} count={total ?? null} to={listPath(resource, filter)} />;
};
