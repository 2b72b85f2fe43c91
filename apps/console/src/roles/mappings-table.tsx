import { Box } from '@mui/material';
import type { GroupMapping } from '../api/types.js';
import { useCan, useSession } from '../sign-in/session-store.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { Badge } from '../shared/badge.js';
import { PersonLink, TextLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { ReasonButton } from '../shared/reason-button.js';
import { Time } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';
import { formatCount, visibleText } from '../shared/format.js';

/** Which groups give which role, who proposed and who decided, and what the reader can do about it. */
export const MappingsTable = ({
  label,
  mappings,
  isOneGroup = false,
}: {
  label: string;
  mappings: readonly GroupMapping[];
  isOneGroup?: boolean;
}) => (
  <PlainTable
    label={label}
    rows={mappings}
    rowKey={({ id }) => id}
    columns={[
      ...(isOneGroup
        ? []
        : [
            {
              name: 'Group',
              render: ({ group, memberCount }: GroupMapping) => (
                <>
                  <TextLink to={`/groups/${group.id}`}>{visibleText(group.name)}</TextLink>,{' '}
                  {formatCount(memberCount, 'member')}
                </>
              ),
            },
          ]),
      { name: 'Role', render: ({ role }) => <strong>{ROLE_LABELS[role]}</strong> },
      { name: 'State', render: ({ state }) => <Badge name={`mapping:${state}`} /> },
      {
        name: 'Proposed',
        render: ({ proposedBy, proposedAt }) => (
          <>
            <Time at={proposedAt} />
            {proposedBy !== null && (
              <>
                {' '}
                by <PersonLink person={proposedBy} />
              </>
            )}
          </>
        ),
      },
      {
        name: 'Decided',
        render: ({ decidedBy, decidedAt }) =>
          decidedAt === null ? (
            'not yet'
          ) : (
            <>
              <Time at={decidedAt} />
              {decidedBy !== null && (
                <>
                  {' '}
                  by <PersonLink person={decidedBy} />
                </>
              )}
            </>
          ),
      },
      { name: '', render: (mapping) => <Decide mapping={mapping} /> },
    ]}
  />
);

const Decide = ({ mapping }: { mapping: GroupMapping }) => {
  const can = useCan();
  const session = useSession();
  const { approveGroupMapping, rejectGroupMapping, removeGroupMapping } = useApi();
  const { id, group, role, state, memberCount } = mapping;
  const words = { group: visibleText(group.name), role: ROLE_LABELS[role] };
  const instance = { id, role, state, proposedById: mapping.proposedBy?.id ?? '' };
  if (state === 'rejected' || state === 'removed') return null;
  const canDecide = can('approve', 'GroupMapping', instance);
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      {state === 'proposed' && !canDecide && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {session?.person.id === instance.proposedById
            ? `Yours: somebody else who holds ${words.role} decides.`
            : `Somebody who holds ${words.role} decides.`}
        </Box>
      )}
      {state === 'proposed' && (
        <>
          <ReasonButton
            label="Approve…"
            action="approve"
            subject="GroupMapping"
            instance={instance}
            title={`Give ${words.role} to everybody in ${words.group}?`}
            verb="Approve"
            verbing="Approving"
            warning="It takes effect at once, also for those who join the group later."
            act={(reason) => approveGroupMapping(id, reason)}
            done={`Members of ${words.group} have the role ${words.role}.`}
          >
            {formatCount(memberCount, 'person', 'people')} will have the role {words.role}. Look at
            who they are first: <TextLink to={`/groups/${group.id}`}>{words.group}</TextLink>.
          </ReasonButton>
          <ReasonButton
            label="Reject…"
            action="reject"
            subject="GroupMapping"
            instance={instance}
            title={`Reject the mapping of ${words.group}?`}
            verb="Reject"
            verbing="Rejecting"
            isDangerous
            warning={null}
            act={(reason) => rejectGroupMapping(id, reason)}
            done="The proposal is rejected."
          >
            The proposal ends here; nobody’s rights change.
          </ReasonButton>
        </>
      )}
      <ReasonButton
        label="Remove…"
        action="withdraw"
        subject="GroupMapping"
        instance={instance}
        title={`Remove the mapping of ${words.group} to ${words.role}?`}
        verb="Remove"
        verbing="Removing"
        isDangerous
        act={(reason) => removeGroupMapping(id, reason)}
        done={`${words.group} gives the role ${words.role} no more.`}
      >
        {state === 'active'
          ? `Up to ${formatCount(memberCount, 'person', 'people')} lose the role ${words.role}, unless something else gives it to them.`
          : 'The proposal ends here; nobody’s rights change.'}
      </ReasonButton>
    </Box>
  );
};
