import { DEFAULT_DATABASE_ROLES, type ProcessName } from '#libs/platform/db';
import { Client } from 'pg';
import type { LocalSecrets } from './home.js';

/** The ways into a local installation's database, strongest first. */
export interface LocalDatabaseUrls {
  superuserUrl: string;
  ownerUrl: string;
  /** With the rights of every process: the command line's. */
  applicationUrl: string;
  /** With the rights of one process. */
  processUrls: Readonly<Record<ProcessName, string>>;
}

const DATABASE = 'gatehouse';
const OWNER = 'gatehouse_owner';
const APPLICATION = 'gatehouse_app';
const { api: API, gateway: GATEWAY, worker: WORKER } = DEFAULT_DATABASE_ROLES;

const withIdentity = (url: string, user: string, password: string): string => {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  changed.pathname = `/${DATABASE}`;
  return changed.href;
};

/** The URLs, without asking the server. */
export const localDatabaseUrls = (
  superuserUrl: string,
  secrets: LocalSecrets,
): LocalDatabaseUrls => ({
  superuserUrl: Object.assign(new URL(superuserUrl), { pathname: `/${DATABASE}` }).href,
  ownerUrl: withIdentity(superuserUrl, OWNER, secrets.ownerPassword),
  applicationUrl: withIdentity(superuserUrl, APPLICATION, secrets.applicationPassword),
  processUrls: {
    api: withIdentity(superuserUrl, API, secrets.apiPassword),
    gateway: withIdentity(superuserUrl, GATEWAY, secrets.gatewayPassword),
    worker: withIdentity(superuserUrl, WORKER, secrets.workerPassword),
  },
});

/** Makes the roles and the database where they are missing; safe after a kill -9 at any point. */
export const ensureLocalDatabase = async (
  superuserUrl: string,
  secrets: LocalSecrets,
): Promise<LocalDatabaseUrls> => {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const roles = [
      [OWNER, secrets.ownerPassword],
      [APPLICATION, secrets.applicationPassword],
      [API, secrets.apiPassword],
      [GATEWAY, secrets.gatewayPassword],
      [WORKER, secrets.workerPassword],
    ] as const;
    for (const [role, password] of roles) {
      const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    }
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await client.end();
  }
  return localDatabaseUrls(superuserUrl, secrets);
};
