import http from 'node:http';
import https from 'node:https';
import { Agent, setGlobalDispatcher } from 'undici';

// pg and libpq take from these whatever a connection URL leaves open: host, TLS, options of the session.
const OF_POSTGRESQL = /^PG[A-Z]+$/;
const PROXY = /^(?:https?|all|no)_proxy$|^NODE_USE_ENV_PROXY$/i;

/**
 * Clears what this process inherited about connections. A database is reached as its URL says and our own
 * servers directly; tool servers and issuers are reached through no proxy, whatever other programs on this
 * machine are told to do.
 */
export const clearInheritedConnections = (
  environment: Record<string, string | undefined>,
): void => {
  const names = Object.keys(environment);
  for (const name of names.filter((it) => OF_POSTGRESQL.test(it))) delete environment[name];
  const proxies = names.filter((it) => PROXY.test(it));
  for (const name of proxies) delete environment[name];
  if (proxies.length === 0) return;
  // With NODE_USE_ENV_PROXY Node has already set these up.
  setGlobalDispatcher(new Agent());
  http.globalAgent = new http.Agent({ keepAlive: true });
  https.globalAgent = new https.Agent({ keepAlive: true });
};
