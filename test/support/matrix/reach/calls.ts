import { canList } from '#libs/engine/policy';
import type { Tx } from '#libs/platform/db';
import { ArgumentBinders } from '../../../../libs/gateway/tool-calls/snapshot/argument-binders.js';
import { loadPeople } from '../../../../libs/gateway/tool-calls/snapshot/load-people.js';
import { loadRegistry } from '../../../../libs/gateway/tool-calls/snapshot/load-registry.js';
import { ATTACKER, EVIL, HONEST, KEYS } from '../attackers.js';
import type { HeldTransaction } from '../held-transaction.js';
import type { State } from './state.js';
import { isTheirs } from './their-issuers.js';

const binders = new ArgumentBinders();
const EVERYTHING_IS_SIGNED = { refresh: () => Promise.resolve(), isAuthentic: () => true };
const OWN = { url: 'https://gate.test', audiences: ['https://gate.test'] };

interface Told {
  facts: Set<string>;
  /** Of the agent that was changed without a signature. */
  tampered: string | undefined;
  label: (id: string, kind: string) => string;
}

/** What agents of theirs may call, for themselves and for people: as a gateway would decide. */
export const addCalls = async (
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
