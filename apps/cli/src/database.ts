import { Database } from '#libs/platform/db';
import { withLocalInstallation } from './local-installation.js';

/** Runs `work` with this address of a database, or else with the local installation's. */
export const atDatabase = <T>(
  url: string | undefined,
  work: (url: string) => Promise<T>,
): Promise<T> => (url ? work(url) : withLocalInstallation(({ urls }) => work(urls.applicationUrl)));

/** Opens a database for as long as `work` takes. */
export const withDatabase = async <T>(
  url: string,
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  const db = new Database(url);
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
};
