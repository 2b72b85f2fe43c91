import { useListContext } from 'react-admin';
import type { LedgerEntry } from '../api/types.js';
import { SelectFilter } from '../shared/filters.js';

// The API lists no types. One that is missing here can still be picked when the list shows it.
const KNOWN = [
  'call.intent',
  'call.outcome',
  'call.invalid',
  'chain.opened',
  'chain.closed',
  'rejection.counted',
  'rejected-request',
  'start-session',
  'end-session',
  'end-all-sessions',
  'end-idp-sessions',
  'link-identity',
  'register-agent',
  'change-agent',
  'reassign-agent',
  'repurpose-agent',
  'bind-agent',
  'unbind-agent',
  'activate-agent',
  'suspend-agent',
  'revoke-agent-tokens',
  'retire-agent',
  'enforce-agent-limits',
  'register-unregistered-agent',
  'block-unregistered-agent',
  'unblock-unregistered-agent',
  'request-access',
  'draft-access-grant',
  'reject-access-request',
  'withdraw-access-request',
  'revoke-access-grant',
  'expire-access-grant',
  'grant-delegation',
  'withdraw-delegation',
  'revoke-delegation',
  'activate-kill-switch',
  'release-kill-switch',
  'acknowledge-alert',
  'register-tool-server',
  'pin-tools',
  'classify-tool',
  'refresh-tools',
  'record-discovery-failure',
  'propose-policy',
  'propose-denial',
  'publish-policy',
  'reject-policy',
  'seed-policy',
  'verify-ledger',
  'add-person',
  'change-person',
  'disable-person',
  'enable-person',
  'revoke-person-access',
  'add-team',
  'change-team',
  'assign-role',
  'withdraw-role',
  'map-group',
  'remove-group-mapping',
  'open-emergency-access',
  'close-emergency-access',
  'make-setup-code',
  'claim-ownership',
  'trust-issuer',
  'change-issuer',
  'retire-issuer',
  'restore-issuer',
  'configure-sign-in',
  'remove-sign-in',
  'register-scim-connection',
  'change-scim-connection',
  'create-scim-token',
  'rotate-scim-token',
  'revoke-scim-token',
  'create-scim-user',
  'change-scim-user',
  'delete-scim-user',
  'create-scim-group',
  'change-scim-group',
  'delete-scim-group',
  'create-scim-agent',
  'change-scim-agent',
  'delete-scim-agent',
  'register-signal-stream',
  'change-signal-stream',
  'retire-signal-stream',
  'apply-signal',
  'issue-token',
  'revoke-access-token',
  'rotate-signing-key',
  'maintain-signing-keys',
  'purge-used-tokens',
];

/** Picks a type of entry: the known ones, those in sight, and the one in the address. */
export const TypeFilter = () => {
  const { data = [], filterValues } = useListContext<LedgerEntry>();
  const chosen: unknown = filterValues['type'];
  const types = new Set([
    ...KNOWN,
    ...data.map(({ type }) => type),
    ...(typeof chosen === 'string' ? [chosen] : []),
  ]);
  return (
    <SelectFilter
      source="type"
      label="Type"
      choices={[...types].map((id) => ({ id, name: id }))}
      width={170}
    />
  );
};
