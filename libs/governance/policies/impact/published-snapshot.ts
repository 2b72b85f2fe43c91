import { compilePolicy, type CallRule, type PolicySnapshot } from '#libs/engine/policy';
import type { PublishedPolicy } from '../policies.loader.js';
import type { PolicyCatalog } from '../policy-texts.js';

/** A snapshot together with what its rules are and where they come from. */
export interface CompiledPolicies {
  snapshot: PolicySnapshot;
  readonly ruleOf: (policyVersionId: string, name: string) => CallRule | undefined;
  readonly policyOf: (policyVersionId: string) => PolicyRef;
}

interface PolicyRef {
  id: string;
  name: string;
  kind: 'policy' | 'access_grant';
}

/** Compiles published policies and keeps the way back from a rule to its policy. */
export const compilePublished = (
  published: readonly PublishedPolicy[],
  { tools, agents }: Pick<PolicyCatalog, 'tools' | 'agents'>,
): CompiledPolicies => {
  const byVersion = new Map(
    published.map((policy) => [
      policy.policyVersionId,
      { policy, rules: new Map(policy.rules.map((rule) => [rule.conditions.rule, rule])) },
    ]),
  );
  return {
    snapshot: compilePolicy(published, tools, agents),
    ruleOf: (versionId, name) => byVersion.get(versionId)?.rules.get(name),
    policyOf: (versionId) => {
      const found = byVersion.get(versionId)?.policy;
      if (found === undefined) throw new Error('a rule of a version that was not compiled');
      return { id: found.policyId, name: found.policyName, kind: found.kind };
    },
  };
};
