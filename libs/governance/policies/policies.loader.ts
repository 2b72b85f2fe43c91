import { loadAgentFacts } from '#libs/registry/agents';
import { loadToolFacts } from '#libs/registry/catalog';
import type { Database, PolicyVersionModel, Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import { textDigest, type RecordBook, type SignedRows } from '#libs/engine/record-signatures';
import type { CallRule, PublishedRules } from '#libs/engine/policy';
import { publishedRules, type PolicyCatalog, type PublishedText } from './policy-texts.js';

/** The rules in force of one policy, and which policy that is. */
export interface PublishedPolicy extends PublishedRules {
  readonly policyId: string;
  readonly kind: 'policy' | 'access_grant';
  readonly number: number;
}

// What was read of a text and of what its names stand for holds for good; the bound is for memory only.
const MAX_CACHED = 1000;
const cache = new Map<string, readonly CallRule[] | null>();

/**
 * The rules of a version's text, by the ids to which it bound its names; null when it cannot be read, which
 * only somebody who writes to the database makes of it.
 */
export const readRules = async (
  versionId: string,
  version: PublishedText,
): Promise<readonly CallRule[] | null> => {
  const content = textDigest(`${version.text}\n${JSON.stringify(version.bindings)}`);
  const key = `${versionId} ${content}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const rules = await publishedRules(version);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, rules);
  return rules;
};

/**
 * Every active version, read: what rights are compiled from. What cannot be read is in force nowhere, so that
 * one such row neither hides what is nor keeps anybody from taking rights away.
 */
export const loadPublishedRules = async (db: Database | Tx): Promise<PublishedPolicy[]> => {
  const read = await Array.fromAsync(await activeVersions(db), async (row) => {
    const rules = await readRules(row.id, row);
    return rules === null ? [] : [publishedPolicy(row, rules)];
  });
  return read.flat();
};

/** As it was signed it can be read: else it is a fault, and never "no rules". */
const readSigned = async (row: VersionRow): Promise<PublishedPolicy> => {
  const rules = await readRules(row.id, row);
  if (rules !== null) return publishedPolicy(row, rules);
  throw new DomainError('internal', `The published policy version ${row.id} cannot be read.`);
};

const SELECT = {
  id: true,
  policyId: true,
  number: true,
  text: true,
  bindings: true,
  state: true,
  proposedById: true,
  decidedById: true,
  policy: { select: { name: true, kind: true } },
} as const;

type VersionRow = Pick<
  PolicyVersionModel,
  'id' | 'policyId' | 'number' | 'text' | 'bindings' | 'state' | 'proposedById' | 'decidedById'
> & { policy: { name: string; kind: PublishedPolicy['kind'] } };

const activeVersions = (db: Database | Tx): Promise<VersionRow[]> =>
  db.policyVersion.findMany({
    where: { state: 'active' },
    select: SELECT,
    orderBy: { policyId: 'asc' },
  });

const publishedPolicy = (
  { id, policyId, number, policy }: VersionRow,
  rules: readonly CallRule[],
): PublishedPolicy => ({
  policyVersionId: id,
  policyId,
  number,
  policyName: policy.name,
  kind: policy.kind,
  rules,
});

/** What a gateway compiles, and the versions that are not as they were signed. */
export interface VerifiedRules {
  readonly published: PublishedPolicy[];
  readonly unverified: readonly string[];
}

/**
 * Every active version that is as it was signed. Of any other one the rules that deny or hold count, also
 * when it claims not to be in force: only a signature says that a restriction has ended.
 */
export const loadVerifiedRules = async (tx: Tx, book: RecordBook): Promise<VerifiedRules> => {
  const active = await activeVersions(tx);
  const isAuthentic = (row: VersionRow) =>
    book.isAuthentic('policy_version', { ...row, textDigest: textDigest(row.text) });
  const ended = (await endedVersions(tx)).filter((row) => !book.isAuthentic('policy_version', row));
  const unverified = [
    ...active.filter((row) => !isAuthentic(row)),
    ...(await tx.policyVersion.findMany({
      where: { id: { in: ended.map(({ id }) => id) } },
      select: SELECT,
    })),
  ];
  const ids = unverified.map(({ id }) => id);
  const restrictions = await Array.fromAsync(unverified, async (row) =>
    publishedPolicy(row, await restrictionsOf(row)),
  );
  const signed = active.filter(({ id }) => !ids.includes(id));
  return {
    published: [...(await Array.fromAsync(signed, readSigned)), ...restrictions],
    unverified: ids,
  };
};

// A text that somebody else wrote may be none.
const restrictionsOf = async (row: VersionRow): Promise<CallRule[]> =>
  ((await publishedRules(row)) ?? []).filter((rule) => rule.inverted);

// Without their texts, of which there may be many. An access grant restricts nothing.
const endedVersions = async (tx: Tx): Promise<SignedRows['policy_version'][]> => {
  const rows = await tx.$queryRaw<(SignedRows['policy_version'] & { policyName: string })[]>`
    SELECT v.id, v.policy_id AS "policyId", v.number, v.bindings, v.state::text AS state,
      v.proposed_by_id AS "proposedById", v.decided_by_id AS "decidedById",
      encode(sha256(convert_to(v.text, 'UTF8')), 'hex') AS "textDigest", p.name AS "policyName"
    FROM policy_version v JOIN policy p ON p.id = v.policy_id
    WHERE v.state <> 'active' AND p.kind = 'policy'`;
  return rows.map(({ policyName, ...row }) => ({
    ...row,
    policy: { name: policyName, kind: 'policy' },
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
