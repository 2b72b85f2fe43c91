export {
  localSecrets,
  resolveHome,
  readHint,
  writePrivateFile,
  type LocalSecrets,
} from './home.js';
export { lastStart, rememberStart, type LastStart } from './last-start.js';
export { ensureLocalDatabase, localDatabaseUrls, type LocalDatabaseUrls } from './database.js';
export { agentClientSecret } from './agent-secret.js';
export { localScimToken, rememberScimToken } from './scim-token.js';
