import type { UnregisteredAgentInclude } from '#libs/platform/db';
import { bindingProblems } from '#libs/trust/token-verification';
import { unfitForClient } from './unregistered-agents.rules.js';
import type { UnregisteredAgentView } from './unregistered-agents.schemas.js';

/** What a screen about an agent joins. */
export const UNREGISTERED_AGENT_INCLUDE = {
  issuer: {
    select: { id: true, url: true, name: true, profile: true, audiences: true, retiredAt: true },
  },
} as const satisfies UnregisteredAgentInclude;

type Times = 'firstSeenAt' | 'lastSeenAt';
type Shown = Omit<
  UnregisteredAgentView,
  Times | 'issuer' | 'clientId' | 'blocked' | 'bindingOptions'
>;

/** An agent's row with {@link UNREGISTERED_AGENT_INCLUDE}, as the database gives it. */
export interface CallerRow extends Shown, Record<Times, Date> {
  clientId: string;
  blockedById: string | null;
  blockedAt: Date | null;
  blockedReason: string | null;
  issuer: UnregisteredAgentView['issuer'] & { audiences: string[]; retiredAt: Date | null };
}

type Person = { id: string; name: string; email: string };

/** The row as the inbox shows it. */
export const toUnregisteredAgentView = (
  row: CallerRow,
  people: ReadonlyMap<string, Person>,
): UnregisteredAgentView => ({
  ...row,
  clientId: row.clientId === '' ? null : row.clientId,
  firstSeenAt: row.firstSeenAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  blocked:
    row.blockedAt === null
      ? null
      : {
          by: people.get(row.blockedById ?? '') ?? null,
          at: row.blockedAt.toISOString(),
          reason: row.blockedReason ?? '',
        },
  bindingOptions: fits(row),
});

const fits = (row: CallerRow): UnregisteredAgentView['bindingOptions'] => {
  const { issuer, subject, clientId } = row;
  const { profile, audiences, retiredAt } = issuer;
  const retired =
    retiredAt === null ? [] : ['Its issuer is not trusted any more, so nothing of it is accepted.'];
  const fit = (kind: 'subject' | 'client', name: string) =>
    bindingProblems({ kind, profile, subject: name, conditions: [], audiences }).map(
      ({ message }) => message,
    );
  const unfit = unfitForClient(row);
  return [
    { kind: 'subject', problems: [...retired, ...fit('subject', subject)] },
    {
      kind: 'client',
      problems: [...retired, ...(unfit === null ? fit('client', clientId) : [unfit])],
    },
  ];
};
