import { loadAgentFacts } from '#libs/registry/agents';
import { loadToolFacts } from '#libs/registry/catalog';
import type { Database, Tx } from '#libs/platform/db';
import type { CallRule, PublishedRules } from '#libs/engine/policy';
import { publishedRules, type PolicyCatalog } from './policy-texts.js';

/** The rules in force of one policy, and which policy that is. */
export interface PublishedPolicy extends PublishedRules {
  readonly policyId: string;
  readonly kind: 'policy' | 'access_grant';
  readonly number: number;
}

// A version's text never changes, so what was read of it holds for good; the bound is for memory only.
const MAX_CACHED = 1000;
const cache = new Map<string, readonly CallRule[]>();

/** The rules of a version's text. */
export const readRules = (versionId: string, text: string): readonly CallRule[] => {
  const known = cache.get(versionId);
  if (known !== undefined) return known;
  const rules = publishedRules(versionId, text);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(versionId, rules);
  return rules;
};

/** Every active version, read: what a snapshot is compiled from. */
export const loadPublishedRules = async (db: Database | Tx): Promise<PublishedPolicy[]> => {
  const rows = await db.policyVersion.findMany({
    where: { state: 'active' },
    select: {
      id: true,
      policyId: true,
      number: true,
      text: true,
      policy: { select: { name: true, kind: true } },
    },
    orderBy: { policyId: 'asc' },
  });
  return rows.map(({ id, policyId, number, text, policy }) => ({
    policyVersionId: id,
    policyId,
    number,
    policyName: policy.name,
    kind: policy.kind,
    rules: readRules(id, text),
  }));
};

/** Today's tools, agents and groups, for linting and for impact. */
export const loadPolicyCatalog = async (db: Database | Tx): Promise<PolicyCatalog> => {
  // One after the other: inside a transaction there is one connection.
  const tools = await loadToolFacts(db);
  const agents = await loadAgentFacts(db);
  const groups = await db.group.findMany({ select: { displayName: true } });
  return { tools, agents, groups: groups.map((group) => group.displayName) };
};
