import { createHmac } from 'node:crypto';
import type { LocalSecrets } from './home.js';

/** The client secret of one demo agent at the sandbox's IdP. */
export const agentClientSecret = (secrets: LocalSecrets, clientId: string): string =>
  createHmac('sha256', secrets.agentSecretSeed).update(clientId).digest('hex');
