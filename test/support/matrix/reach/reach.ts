import type { Actor } from '#libs/platform/kernel';
import type { AnyCommand } from '#libs/engine/commands';
import type { HeldTransaction } from '../held-transaction.js';
import type { Targets } from '../organisation/organisation.js';
import { accountsOf, linkWhomTheyCan, peopleOf, tokensOf, type Attackers } from './accounts.js';
import { addCalls } from './calls.js';
import { readState, type State } from './state.js';

/** What attackers could do now, as sentences; what more there is after a sequence is what they gained. */
export interface Reach {
  facts: Set<string>;
  /** As whom they can act: people whose accounts they can use, and clients whose tokens they have. */
  actors: Actor[];
}

/** Computes everything that these attackers can reach, from what the database says in this transaction. */
export const readReach = (
  held: HeldTransaction,
  make: (name: string) => AnyCommand,
  attackers: Attackers,
  targets: Targets,
): Promise<Reach> => {
  const labels = new Map(Object.entries(targets).map(([label, id]) => [id, label]));
  return held.undone(async () => {
    const state = await readState(held.tx);
    // They sign in wherever they can; nobody else is linked by it.
    if (await linkWhomTheyCan(held, make, state)) Object.assign(state, await readState(held.tx));
    return reachOf(held, state, attackers, labels);
  });
};

const reachOf = async (
  held: HeldTransaction,
  state: State,
  attackers: Attackers,
  labels: ReadonlyMap<string, string>,
): Promise<Reach> => {
  const facts = new Set<string>();
  const label = (id: string, kind: string) => labels.get(id) ?? `a new ${kind}`;
  const accounts = accountsOf(state, attackers);
  for (const id of accounts)
    if (!attackers.people.includes(id)) facts.add(`sign in as ${label(id, 'person')}`);
  const actors = await peopleOf(held, accounts, facts, label);
  for (const token of tokensOf(state, attackers, accounts, labels)) {
    facts.add(`use a SCIM token of ${label(token.connection, 'connection')}`);
    const { connection, id, scopes } = token;
    actors.push({
      kind: 'scim',
      id: connection,
      name: 'SCIM',
      tokenId: id,
      scopes: scopes as never,
    });
  }
  if (attackers.client !== undefined) actors.push(attackers.client);
  const tampered = [...labels].find(([, name]) => name === 'tampered')?.[0];
  const calls = new Set<string>();
  const key = [state.digest, held.now.toISOString(), ...accounts].join(' ');
  const told = knownCalls.get(key) ?? calls;
  if (told === calls) await addCalls(held, state, accounts, { facts: calls, label, tampered });
  knownCalls.set(key, told);
  for (const call of told) facts.add(call);
  addStops(state, labels, facts);
  addAlerts(state, accounts, facts);
  addServers(state, labels, facts);
  return { facts, actors };
};

const knownCalls = new Map<string, ReadonlySet<string>>();

const addStops = (state: State, labels: ReadonlyMap<string, string>, facts: Set<string>) => {
  const stopped = new Set(state.stops.map(({ id }) => id));
  const names = new Set(STOPS);
  for (const [id, name] of labels)
    if (names.has(name) && !stopped.has(id)) facts.add(`${name}: no longer stopped`);
};

const STOPS = [
  'stopped',
  'kill switch of security',
  'blocked caller',
  'old IdP',
  'Dan, disabled, of security',
];

// Somebody else must look at what concerns attackers (invariant I11).
const addAlerts = (state: State, accounts: readonly string[], facts: Set<string>) => {
  for (const { concerned, by, acknowledged } of state.alerts) {
    if (acknowledged === null || !accounts.includes(acknowledged)) continue;
    if ([...concerned, by].some((id) => id !== null && accounts.includes(id)))
      facts.add('acknowledged an alert about themselves');
  }
};

const addServers = (state: State, labels: ReadonlyMap<string, string>, facts: Set<string>) => {
  const known = state.servers.filter(({ id }) => labels.has(id));
  for (const server of state.servers) {
    if (labels.has(server.id)) continue;
    const twin = known.find(({ url }) => new URL(url).host === new URL(server.url).host);
    if (twin !== undefined) facts.add(`have ${twin.slug} registered as a new server`);
  }
};
