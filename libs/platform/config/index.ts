export {
  assertNoMasterKey,
  loadConfig,
  requireMasterKey,
  requireRecordVerificationKeys,
  type Config,
  type SignInConfig,
} from './load-config.js';
export { ConfigError } from './errors.js';
export { CONFIG } from './config.token.js';
export { isMutableClaim } from './mutable-claims.js';
