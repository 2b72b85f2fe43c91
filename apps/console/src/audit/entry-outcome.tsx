import type { LedgerEntry } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { BADGES, type BadgeName } from '../shared/badges.js';
import { isObject } from '../shared/is-object.js';

const isBadge = (name: string): name is BadgeName => Object.hasOwn(BADGES, name);

/** What came of it, as far as the entry itself says. */
export const EntryOutcome = ({ data }: { data: LedgerEntry['data'] }) => {
  const name = badgeOf(data);
  return name === null ? <>–</> : <Badge name={name} />;
};

function badgeOf({ command, outcome, decision, facts }: LedgerEntry['data']): BadgeName | null {
  if (command === 'verify-ledger' && outcome === 'succeeded' && isObject(facts)) {
    // The command succeeded in finding out; what it found is what a reader asks for.
    return facts['ok'] === false ? 'integrity:false' : 'integrity:true';
  }
  const name =
    typeof outcome === 'string'
      ? `${command === undefined ? 'outcome' : 'command'}:${outcome}`
      : typeof decision === 'string' && `decision:${decision}`;
  return name !== false && isBadge(name) ? name : null;
}
