import { Client } from 'pg';
import type { LocalSecrets } from './home.js';

/** The three ways into a local installation's database, strongest first. */
export interface LocalDatabaseUrls {
  superuserUrl: string;
  ownerUrl: string;
  applicationUrl: string;
}

const DATABASE = 'gatehouse';
const OWNER = 'gatehouse_owner';
/** The application's role in a local installation. */
export const LOCAL_APPLICATION_ROLE = 'gatehouse_app';

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
  applicationUrl: withIdentity(superuserUrl, LOCAL_APPLICATION_ROLE, secrets.applicationPassword),
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
      [LOCAL_APPLICATION_ROLE, secrets.applicationPassword],
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
