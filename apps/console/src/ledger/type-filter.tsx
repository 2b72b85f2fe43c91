import { useListContext } from 'react-admin';
import type { LedgerEntry } from '../api/types.js';
import { SelectFilter } from '../shared/filters.js';

// The API lists no types. One that is missing here can still be picked when the list shows it.
const KNOWN = [
  'chain.opened',
  'chain.closed',
  'call.intent',
  'call.outcome',
  'call.refused',
  'refusal.counted',
  'refused-request',
  'start-session',
  'end-session',
  'register-agent',
  'bind-agent',
  'activate-agent',
  'suspend-agent',
  'register-tool-server',
  'pin-tools',
  'classify-tool',
  'discover-again',
  'note-failed-discovery',
  'propose-policy',
  'propose-denial',
  'publish-policy',
  'reject-policy',
  'seed-policy',
  'verify-ledger',
  'add-person',
  'add-team',
  'trust-issuer',
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
