import { agentClientSecret, type LocalSecrets } from '#libs/dev/local';
import { startSandbox, type Sandbox } from '../../sandbox/src/index.js';
import { keyStoreIn } from './key-store.js';

/** Starts the demo organisation on the three ports after `port`. */
export const openSandbox = (options: {
  home: string;
  port: number;
  secrets: LocalSecrets;
}): Promise<Sandbox> => {
  const { home, port, secrets } = options;
  const publicUrl = `http://localhost:${port}`;
  return startSandbox({
    ports: { idp: port + 1, everything: port + 2, helpdesk: port + 3 },
    audience: publicUrl,
    consoleOrigin: publicUrl,
    consoleClientSecret: secrets.consoleClientSecret,
    agentClientSecret: (clientId) => agentClientSecret(secrets, clientId),
    keyStore: keyStoreIn(home),
  });
};
