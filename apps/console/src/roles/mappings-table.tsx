import type { GroupMapping } from '../api/types.js';
import { ROLE_LABELS } from '../sign-in/who-can.js';
import { Badge } from '../shared/badge.js';
import { ByPerson } from '../shared/by-person.js';
import { PersonLink, TextLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { ReasonButton } from '../shared/reason-button.js';
import { Time } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';
import { formatCount, visibleText } from '../shared/format.js';

/** Which groups give which role, who proposed and who confirmed it, and what the reader can do about it. */
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
      { name: 'Proposed by', render: ({ proposedBy }) => <ByPerson person={proposedBy} /> },
      {
        name: 'Confirmed or removed',
        render: ({ decidedBy, decidedAt }) => (
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
      { name: '', render: (mapping) => <Remove mapping={mapping} /> },
    ]}
  />
);

const Remove = ({ mapping }: { mapping: GroupMapping }) => {
  const { removeGroupMapping } = useApi();
  const { id, group, role, state, memberCount } = mapping;
  if (state === 'removed') return null;
  const words = { group: visibleText(group.name), role: ROLE_LABELS[role] };
  return (
    <ReasonButton
      label="Remove…"
      action="withdraw"
      subject="GroupMapping"
      instance={{ id, role, state }}
      title={`Remove the mapping of ${words.group} to ${words.role}?`}
      verb="Remove"
      verbing="Removing"
      isDangerous
      act={(reason) => removeGroupMapping(id, reason)}
      done={`${words.group} gives the role ${words.role} no more.`}
    >
      {`Up to ${formatCount(memberCount, 'person', 'people')} lose the role ${words.role}, unless something else gives it to them.`}
    </ReasonButton>
  );
};
