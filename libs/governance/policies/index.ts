export { PoliciesModule } from './policies.module.js';
export { grantKeepingCommands, policyCommands } from './policies.commands.js';
export { EndExpiredGrant } from './commands/end-expired-grant.js';
export { EndGrant } from './commands/end-grant.js';
export { ProposePolicy } from './commands/propose-policy.js';
export { ProposeDenial } from './commands/propose-denial.js';
export { PublishPolicy } from './commands/publish-policy.js';
export { RejectPolicy } from './commands/reject-policy.js';
export { SeedPolicy } from './commands/seed-policy.js';
export { PolicyQueries } from './policies.queries.js';
export { PolicyVersionQueries } from './policy-versions.queries.js';
export { AgentRightsQueries } from './agent-rights.queries.js';
export {
  draftGrant,
  withdrawGrantDraft,
  type DraftedGrant,
  type GrantDraft,
} from './grants/draft-grant.js';
export { grantEnd } from './grants/grant-end.js';
export { GrantExpiry } from './grants/grant-expiry.js';
export { GrantKeepingModule } from './grants/grant-keeping.module.js';
export { PEOPLE_POLICY } from './people-policy.js';
export { loadPolicyCatalog, loadPublishedRules, type PublishedPolicy } from './policies.loader.js';
export type { PolicyCatalog } from './policy-texts.js';
export {
  policyDetailSchema,
  policySchema,
  policyVersionDetailSchema,
  policyVersionSchema,
} from './policies.schemas.js';
