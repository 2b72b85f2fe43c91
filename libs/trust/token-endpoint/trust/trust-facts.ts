import type { Tx } from '#libs/platform/db';
import type { KnownDelegation, KnownPerson, TrustFacts } from '#libs/trust/authorization-liveness';
import { namesOf, type Asked } from './asked-names.js';
import { readDelegations, readPeople } from './people-rows.js';
import { readEmergencyEnds } from '#libs/engine/actors';
import { readBlockedCallers, readRevokedTokens, readUnboundClients } from './revocation-rows.js';
import {
  readAgents,
  readBindings,
  readIssuers,
  readOwnKeys,
  type BindingRow,
  type OwnTrust,
} from './signed-rows.js';

/** A delegation with what it is narrowed to. */
export interface DelegationRow extends KnownDelegation {
  /** Null: whatever both may do. */
  readonly serverSlug: string | null;
}

/** The view of facts over which the token endpoint runs the rules of libs/trust/authorization-liveness. */
export type RowFacts = TrustFacts<BindingRow, KnownPerson, DelegationRow>;

/**
 * Reads from the rows as they are now what the rules need to know about this. A rule that asks about anything
 * else fails, instead of hearing that there is none: a revocation that nobody read would be none.
 */
export const readTrustFacts = async (
  tx: Tx,
  own: OwnTrust,
  asked: Asked,
  now: Date,
): Promise<RowFacts> => {
  const { url, signedBy } = own;
  const names = namesOf(asked);
  const { delegations, theirPeople } = await readDelegations(tx, names);
  const personIds = [...names.personIds, ...theirPeople];
  const { theirAgents, clientsOfOthers, ...bindings } = await readBindings(tx, names, own);
  return {
    own: { url, keys: await readOwnKeys(tx, names.keyIds, signedBy, now) },
    ...(await readIssuers(tx, names, own)),
    agents: await readAgents(tx, [...names.agentIds, ...theirAgents], signedBy),
    ...bindings,
    wasClientUnbound: await readUnboundClients(tx, names, clientsOfOthers),
    ...(await readPeople(tx, { ...names, personIds })),
    delegations,
    ...(await readRevokedTokens(tx, names)),
    // Few at any time: all of them.
    emergencyEnds: await readEmergencyEnds(tx),
    isUnregisteredAgentBlocked: await readBlockedCallers(tx, names),
  };
};
