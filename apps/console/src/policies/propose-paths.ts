interface Pair {
  readonly agent: string;
  readonly tool: string;
}

const asQuery = (pair: Pair | null): string =>
  pair === null ? '' : `?${new URLSearchParams({ ...pair })}`;

/** Where a rule for the pair is written; with a policy's id in it, with null in a new one. */
export const proposeRulePath = (pair: Pair | null, policyId?: string | null): string => {
  if (policyId === undefined) return `/policies/propose-rule${asQuery(pair)}`;
  return `/policies${policyId === null ? '' : `/${policyId}`}/propose${asQuery(pair)}`;
};

/** Where a version's text is proposed again. */
export const proposeAgainPath = (policyId: string, versionId: string): string =>
  `/policies/${policyId}/propose?from=${versionId}`;
