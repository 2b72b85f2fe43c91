export { onAccessEnded } from './access-ended.js';
export { PoliciesModule } from './policies.module.js';
export { accessGrantMaintenanceCommands, policyCommands } from './policies.commands.js';
export { ExpireAccessGrant } from './commands/expire-access-grant.js';
export { RevokeAccessGrant } from './commands/revoke-access-grant.js';
export { ProposePolicy } from './commands/propose-policy.js';
export { ProposeDenial } from './commands/propose-denial.js';
export { PublishPolicy } from './commands/publish-policy.js';
export { PolicyPublication } from './policy-publication.js';
export { RejectPolicy } from './commands/reject-policy.js';
export { SeedPolicy } from './commands/seed-policy.js';
export { PolicyQueries } from './policies.queries.js';
export { PolicyVersionQueries } from './policy-versions.queries.js';
export { AgentRightsQueries } from './agent-rights.queries.js';
export { draftAccessGrant, withdrawAccessGrantDraft } from './grants/draft-access-grant.js';
export { accessGrantEnd } from './grants/access-grant-end.js';
export { AccessGrantExpiry } from './grants/access-grant-expiry.js';
export { AccessGrantMaintenanceModule } from './grants/access-grant-maintenance.module.js';
/** What agents may call, for the commands of the libraries below. */
export { readRights } from './rights.js';
export { PEOPLE_POLICY } from './people-policy.js';
export { loadPolicyCatalog, loadPublishedRules, loadVerifiedRules } from './policies.loader.js';
export {
  policyDetailSchema,
  policySchema,
  policyVersionDetailSchema,
  policyVersionSchema,
} from './policies.schemas.js';
