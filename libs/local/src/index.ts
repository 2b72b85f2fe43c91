export { localSecrets, resolveHome, writePrivateFile, type LocalSecrets } from './home.js';
export { lastStart, rememberStart, type LastStart } from './last-start.js';
export {
  ensureLocalDatabase,
  localDatabaseUrls,
  LOCAL_APPLICATION_ROLE,
  type LocalDatabaseUrls,
} from './database.js';
export { agentClientSecret } from './agent-secret.js';
