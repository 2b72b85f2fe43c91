import type { ReadRights, RightsReach } from '#libs/engine/commands';
import { CallablePairs, comparePairs, listPairs } from '#libs/engine/policy';
import type { Tx } from '#libs/platform/db';
import { loadCallingAgents } from '#libs/registry/agents';
import { loadToolTraits } from '#libs/registry/catalog';
import { loadPublishedRules } from './policies.loader.js';

/**
 * Reads what agents may call under the policies in force: for commands of the libraries below, which know no
 * policies. Only the agents, tools and rules that are concerned are evaluated.
 */
export const readRights: ReadRights = async (tx, reach, now) => {
  const before = await callablePairs(tx, reach, now);
  return {
    isEmpty: before.isEmpty,
    get pairs() {
      return listPairs(before);
    },
    changes: async () => comparePairs(before, await callablePairs(tx, reach, now)),
  };
};

const callablePairs = async (
  tx: Tx,
  { agentIds, toolIds }: RightsReach,
  now: Date,
): Promise<CallablePairs> => {
  // One after the other: inside a transaction there is one connection.
  const agents = await loadCallingAgents(tx, agentIds);
  const tools = await loadToolTraits(tx, toolIds);
  return new CallablePairs({ published: await loadPublishedRules(tx), agents, tools, now });
};
