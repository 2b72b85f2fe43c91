import { readRoleSources } from '#libs/engine/actors';
import { canList } from '#libs/engine/policy';
import type { Tx } from '#libs/platform/db';
import { systemActor, type Actor, type Role } from '#libs/platform/kernel';
import type { AnyCommand } from '#libs/engine/commands';
import { ArgumentBinders } from '../../../libs/gateway/tool-calls/snapshot/argument-binders.js';
import { loadPeople } from '../../../libs/gateway/tool-calls/snapshot/load-people.js';
import { loadRegistry } from '../../../libs/gateway/tool-calls/snapshot/load-registry.js';
import { ATTACKER, EVIL, HONEST, KEYS, OLD_IDP, SIGN_IN_ISSUER } from './attackers.js';
import type { HeldTransaction } from './held-transaction.js';
import type { Targets } from './organisation.js';

/** What attackers could do now, as sentences; what more there is after a sequence is what they gained. */
export interface Reach {
  facts: Set<string>;
  /** As whom they can act: people whose accounts they can use, and clients whose tokens they have. */
  actors: Actor[];
}

/** Who attacks, and what they had from the start. */
export interface Attackers {
  /** The first is the one who begins. */
  people: string[];
  /** A SCIM token that was stolen. */
  client?: Extract<Actor, { kind: 'scim' }>;
}

type Make = (name: string) => AnyCommand;

const binders = new ArgumentBinders();
const EVERYTHING_IS_SIGNED = { refresh: () => Promise.resolve(), isAuthentic: () => true };
const OWN = { url: 'https://gate.test', audiences: ['https://gate.test'] };

/** Computes everything that these attackers can reach, from what the database says in this transaction. */
export const readReach = (
  held: HeldTransaction,
  make: Make,
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

interface State {
  people: { id: string; disabled: boolean }[];
  identities: { issuer: string; subject: string; person: string }[];
  issuers: {
    id: string;
    url: string;
    keys: string | null;
    claims: object;
    audiences: string[];
    retired: boolean;
    signIn: boolean;
    claim: string | null;
    attribute: string | null;
  }[];
  users: {
    person: string;
    issuer: string | null;
    external_id: string | null;
    employee_number: string | null;
  }[];
  tokens: {
    id: string;
    connection: string;
    scopes: string[];
    by: string | null;
    active: boolean;
    privileged: boolean;
  }[];
  servers: { id: string; slug: string; url: string; state: string }[];
  stops: { id: string }[];
  alerts: { concerned: string[]; by: string | null; acknowledged: string | null }[];
  signatures: { id: string; version: number }[];
  /** Of everything that gateways decide by: the same state, the same calls. */
  digest: string;
}

const DECIDED_BY = [
  'agent',
  'binding',
  'issuer',
  'tool',
  'tool_server',
  'kill_switch',
  'delegation',
  'person',
  'person_identity',
  'group_member',
  '(SELECT id, state FROM policy_version)',
];

const STATE = `SELECT json_build_object(
  'people', (SELECT json_agg(json_build_object('id', id, 'disabled', disabled_at IS NOT NULL)) FROM person),
  'identities', (SELECT json_agg(json_build_object('issuer', issuer, 'subject', subject, 'person', person_id)) FROM person_identity),
  'issuers', (SELECT json_agg(json_build_object('id', i.id, 'url', i.url, 'keys', i.keys_url, 'claims', i.required_claims,
     'audiences', i.audiences, 'retired', i.retired_at IS NOT NULL, 'signIn', coalesce(p.enabled, false), 'claim', p.link_claim,
     'attribute', p.link_attribute)) FROM issuer i LEFT JOIN sign_in_provider p ON p.issuer_id = i.id),
  'users', (SELECT json_agg(json_build_object('person', u.person_id, 'issuer', c.issuer_id, 'external_id', u.external_id,
     'employee_number', u.employee_number)) FROM scim_user u JOIN scim_connection c ON c.id = u.connection_id),
  'tokens', (SELECT json_agg(json_build_object('id', id, 'connection', connection_id, 'scopes', scopes, 'by', created_by_id,
     'active', activated_at IS NOT NULL AND revoked_at IS NULL AND expires_at > now())) FROM scim_token),
  'servers', (SELECT json_agg(json_build_object('id', id, 'slug', slug, 'url', url, 'state', state)) FROM tool_server),
  'stops', (SELECT coalesce(json_agg(stop), '[]') FROM (
     SELECT json_build_object('id', id) AS stop FROM agent WHERE stopped_by_security
     UNION ALL SELECT json_build_object('id', id) FROM kill_switch WHERE stopped_by_security AND released_at IS NULL
     UNION ALL SELECT json_build_object('id', id) FROM unregistered_agent WHERE stopped_by_security AND blocked_at IS NOT NULL
     UNION ALL SELECT json_build_object('id', id) FROM issuer WHERE retired_at IS NOT NULL
     UNION ALL SELECT json_build_object('id', id) FROM person WHERE disabled_at IS NOT NULL) stops),
  'alerts', (SELECT coalesce(json_agg(json_build_object('concerned', concerned_ids, 'by', by_id, 'acknowledged', acknowledged_by_id)), '[]') FROM alert),
  'signatures', (SELECT json_agg(json_build_object('id', record_id, 'version', version)) FROM record_signature),
  'digest', (SELECT md5(string_agg(digest, ' ')) FROM (${DECIDED_BY.map(
    (table) =>
      `SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) AS digest FROM ${table} row`,
  ).join(' UNION ALL ')}) digests)
)::text AS state`;

const readState = async (tx: Tx): Promise<State> => {
  const [row] = await tx.$queryRawUnsafe<{ state: string }[]>(STATE);
  return JSON.parse((row as { state: string }).state) as State;
};

type Issuer = State['issuers'][number];

/** Whether attackers can have this issuer say whatever they like, in tokens that are accepted here. */
const isTheirs = ({ url, keys, claims, audiences, retired }: Issuer): boolean => {
  if (retired) return false;
  if ([url, keys ?? ''].some((address) => address.startsWith(EVIL))) return true;
  if (url === OLD_IDP) return true;
  // At the honest IdP they have a tenant of their own, and an application of their own.
  if (url === HONEST && !('tid' in claims)) return true;
  return audiences.some((audience) => audience.startsWith(EVIL));
};

/** Signs in as everybody who is not linked yet and whose link claim they can show; whether there was anybody. */
const linkWhomTheyCan = async (held: HeldTransaction, make: Make, state: State) => {
  let done = false;
  for (const issuer of state.issuers) {
    const { attribute, claim } = issuer;
    if (issuer.retired || !issuer.signIn || claim === null || attribute === null) continue;
    for (const user of state.users.filter((one) => one.issuer === issuer.id)) {
      const value = attribute === 'external_id' ? user.external_id : user.employee_number;
      const shown = (ATTACKER.claims as Record<string, string>)[claim];
      const canShow = isTheirs(issuer) || claim === ATTACKER.ownClaim || value === shown;
      if (value === null || !canShow) continue;
      const subject = isTheirs(issuer) ? `made-up-${user.person}` : ATTACKER.subjects[0];
      const input = { issuerId: issuer.id, issuer: issuer.url, subject, attribute, value };
      try {
        await make('link-identity').execute(systemActor('sign-in'), input);
        done = true;
      } catch {
        // Nobody is linked.
      }
    }
  }
  return done;
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
  const key = [state.digest, ...accounts].join(' ');
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

/** Every active person whose account they can use. */
const accountsOf = (state: State, { people }: Attackers): string[] => {
  const active = new Set(state.people.filter(({ disabled }) => !disabled).map(({ id }) => id));
  const opened = state.identities
    .filter(({ issuer: url, subject }) => {
      const issuer = state.issuers.find((one) => one.url === url);
      if (url === SIGN_IN_ISSUER || (issuer?.signIn === true && !issuer.retired))
        return (
          (ATTACKER.subjects as readonly string[]).includes(subject) ||
          (issuer !== undefined && isTheirs(issuer))
        );
      return false;
    })
    .map(({ person }) => person);
  return [...new Set([...people, ...opened])].filter((id) => active.has(id));
};

const peopleOf = async (
  { tx, now }: HeldTransaction,
  accounts: readonly string[],
  facts: Set<string>,
  label: (id: string, kind: string) => string,
): Promise<Actor[]> => {
  const sources = await readRoleSources(tx, accounts, { now, coolingOffHours: 24 });
  const teams = await tx.personTeam.findMany({ where: { personId: { in: [...accounts] } } });
  return accounts.map((id) => {
    const own = sources.filter(({ personId }) => personId === id);
    const roles = [...new Set(own.map(({ role }) => role))];
    const settled = new Set(own.filter((one) => !one.isCoolingOff).map(({ role }) => role));
    for (const role of roles)
      facts.add(`${settled.has(role) ? 'settled ' : ''}${role} as ${label(id, 'person')}`);
    const coolingOffRoles: Role[] = roles.filter((role) => !settled.has(role));
    const teamIds = teams.filter(({ personId }) => personId === id).map(({ teamId }) => teamId);
    return { kind: 'person', id, name: label(id, 'person'), roles, coolingOffRoles, teamIds };
  });
};

// Tokens that an account of theirs made in this sequence.
const tokensOf = (
  state: State,
  attackers: Attackers,
  accounts: readonly string[],
  labels: ReadonlyMap<string, string>,
) =>
  state.tokens.filter(
    ({ id, by, active }) =>
      active &&
      by !== null &&
      accounts.includes(by) &&
      !labels.has(id) &&
      id !== attackers.client?.tokenId,
  );

interface Told {
  facts: Set<string>;
  /** Of the agent that was changed without a signature. */
  tampered: string | undefined;
  label: (id: string, kind: string) => string;
}

/** What agents of theirs may call, for themselves and for people: as a gateway would decide. */
const addCalls = async (
  { tx, now }: HeldTransaction,
  state: State,
  accounts: readonly string[],
  { facts, label, tampered }: Told,
) => {
  const registry = await loadRegistry(tx, binders, OWN, EVERYTHING_IS_SIGNED as never);
  const people = await loadPeople(tx);
  const theirIssuers = new Set(state.issuers.filter(isTheirs).map(({ url }) => url));
  // Whom a token can be about that they make themselves, or that they get for their own accounts.
  const claimed = new Set([
    ...accounts,
    ...state.identities
      .filter(({ issuer }) => theirIssuers.has(issuer))
      .map(({ person }) => person),
  ]);
  const agents = await theirAgents(tx, state, tampered);
  // What agents of others send to a host of the attackers.
  for (const tool of registry.tools.values())
    for (const { id, name } of registry.agents.values())
      if (tool.server.url.startsWith(EVIL) && !agents.some((one) => one.id === id))
        if (canList(registry.policy, id, tool.id, now)) facts.add(`receive calls of ${name}`);
  for (const { id: agentId, isUnsigned } of agents) {
    const agent = registry.agents.get(agentId);
    if (agent?.state !== 'active' || isUnsigned) continue;
    if (agent.expiresAt !== null && agent.expiresAt <= now) continue;
    const name = label(agentId, 'agent');
    facts.add(`make tokens of the agent ${name}`);
    const delegated = [...people.delegations.values()].filter((one) => one.agentId === agentId);
    for (const tool of registry.tools.values()) {
      if (registry.killSwitchOf(tool, now) !== undefined) continue;
      const key = `${label(tool.server.id, 'server') === tool.server.slug ? tool.server.slug : 'a new server'}/${tool.name}`;
      if (canList(registry.policy, agentId, tool.id, now)) facts.add(`call ${key} with ${name}`);
      const forWhom = new Set([
        ...claimed,
        ...delegated
          .filter(({ serverId }) => serverId === null || serverId === tool.server.id)
          .map(({ personId }) => personId),
      ]);
      for (const id of forWhom) {
        const person = people.people.get(id);
        if (person?.isActive !== true) continue;
        if (canList(registry.policy, agentId, tool.id, now, person))
          facts.add(`call ${key} with ${name} for ${label(id, 'person')}`);
      }
    }
  }
};

/** Agents for which attackers can make tokens: by a key of theirs, or at an issuer where they say what they like. */
const theirAgents = async (tx: Tx, state: State, tamperedId: string | undefined) => {
  const bindings = await tx.binding.findMany();
  const keys = new Set(Object.values(KEYS).map(({ thumbprint }) => thumbprint));
  const ids = bindings
    .filter(({ kind, issuerId, subject }) => {
      if (kind === 'key') return keys.has(subject);
      const issuer = state.issuers.find(({ id }) => id === issuerId);
      if (issuer === undefined || issuer.retired) return false;
      if (isTheirs(issuer)) return true;
      const own: readonly string[] = [ATTACKER.workload, ATTACKER.blockedSubject, ATTACKER.client];
      return issuer.url === HONEST && own.includes(subject);
    })
    .map(({ agentId }) => agentId);
  // Signed once, before somebody changed it.
  const unsigned = new Set(
    state.signatures.filter(({ version }) => version === 1).map(({ id }) => id),
  );
  return [...new Set(ids)].map((id) => ({ id, isUnsigned: id === tamperedId && unsigned.has(id) }));
};

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
