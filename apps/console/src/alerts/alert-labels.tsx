import { Box } from '@mui/material';
import type { Alert } from '../api/types.js';
import { CopyableId } from '../shared/copyable.js';
import { TextLink } from '../shared/links.js';
import { spaced } from '../shared/format.js';

const ID_SHOWN = 8;

export const ALERT_LABELS: Readonly<Record<Alert['kind'], string>> = {
  emergency_access: 'Emergency access',
  privileged_member: 'New member of a privileged group',
  privileged_identity_linked: 'First sign-in of a privileged person',
  privileged_member_removed: 'Holder of a privileged role removed',
  one_role_holder_left: 'One holder of a role left',
  agent_orphaned: 'Agent orphaned',
  agent_suspended: 'Agent suspended',
  binding_added: 'Binding added to an agent',
  linking_attribute_changed: 'Linking attribute of a privileged person changed',
  privileged_token_created: 'SCIM token for a privileged connection',
  change_waits_alone: 'Change that one person may make alone',
  security_stop_released: 'Stop of security released',
  signal_received: 'Signal received',
  kill_switch_for_everything: 'Kill switch for everything',
  issuer_changed: 'Issuer changed',
  setup_code_used: 'Set-up code used',
  setup_code_invalidated: 'Set-up code void',
  decision_mismatch: 'Decision differs when evaluated again',
  rule_without_subject: 'Rule that selects nothing any more',
  tagged_by_rule: 'Tag that a rule names',
  record_not_verified: 'Record changed past Gatehouse',
  tool_definition_changed: 'Tool that changed',
};

// Where the console shows what an alert is about.
const PLACES: Readonly<Record<string, (id: string) => string>> = {
  agent: (id) => `/agents/${id}`,
  person: (id) => `/people/${id}`,
  group: (id) => `/groups/${id}`,
  issuer: (id) => `/issuers/${id}`,
  unregistered_agent: (id) => `/unregistered-agents/${id}`,
  kill_switch: () => '/kill-switches',
  proposed_change: (id) => `/proposed-changes/${id}`,
  emergency_access: () => '/emergency-access',
  signal_stream: () => '/signal-streams',
  policy: (id) => `/policies/${id}`,
  call: (id) => `/calls/${id}`,
  tool_server: (id) => `/tool-servers/${id}`,
};

/** What an alert is about. */
export const AlertSubject = ({ alert: { subject } }: { alert: Alert }) => {
  const place = PLACES[subject.kind];
  const words = spaced(subject.kind);
  return (
    // One below the other they must stay far enough apart to be hit.
    <Box sx={{ lineHeight: '24px' }}>
      {place === undefined ? words : <TextLink to={place(subject.id)}>{words}</TextLink>}{' '}
      <CopyableId id={subject.id} keep={ID_SHOWN} />
    </Box>
  );
};
