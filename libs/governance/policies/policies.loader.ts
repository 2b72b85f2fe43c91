import { loadAgentFacts } from '#libs/registry/agents';
import { loadToolFacts } from '#libs/registry/catalog';
import type { Database, Tx } from '#libs/platform/db';
import type { CallRule, PublishedRules } from '#libs/engine/policy';
import { publishedRules, type PolicyCatalog, type PublishedText } from './policy-texts.js';

/** The rules in force of one policy, and which policy that is. */
export interface PublishedPolicy extends PublishedRules {
  readonly policyId: string;
  readonly kind: 'policy' | 'access_grant';
  readonly number: number;
}

// A version's text and what its names stand for never change, so what was read of it holds for good; the bound is for memory only.
const MAX_CACHED = 1000;
const cache = new Map<string, readonly CallRule[]>();

/** The rules of a version's text, by the ids to which it bound its names. */
export const readRules = (versionId: string, version: PublishedText): readonly CallRule[] => {
  const known = cache.get(versionId);
  if (known !== undefined) return known;
  const rules = publishedRules(versionId, version);
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
      bindings: true,
      policy: { select: { name: true, kind: true } },
    },
    orderBy: { policyId: 'asc' },
  });
  return rows.map(({ id, policyId, number, policy, ...version }) => ({
    policyVersionId: id,
    policyId,
    number,
    policyName: policy.name,
    kind: policy.kind,
    rules: readRules(id, version),
  }));
};

/** Today's tools, agents, teams and groups, for binding names, for linting and for impact. */
export const loadPolicyCatalog = async (db: Database | Tx): Promise<PolicyCatalog> => {
  // One after the other: inside a transaction there is one connection.
  const tools = await loadToolFacts(db);
  const agents = await loadAgentFacts(db);
  const teams = await db.team.findMany({ select: { id: true, name: true } });
  const groups = await db.group.findMany({ select: { id: true, displayName: true } });
  return { tools, agents, teams, groups: groups.map(toNamed) };
};

const toNamed = ({ id, displayName }: { id: string; displayName: string }) => ({
  id,
  name: displayName,
});
