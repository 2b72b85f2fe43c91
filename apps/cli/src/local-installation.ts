import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRunning, startEmbeddedPostgres } from '#libs/dev/embedded-postgres';
import { DomainError } from '#libs/platform/kernel';
import {
  lastStart,
  localDatabaseUrls,
  localSecrets,
  resolveHome,
  type LastStart,
  type LocalDatabaseUrls,
  type LocalSecrets,
} from '#libs/dev/local';

/** The installation that `npm start` made in this clone. */
export interface LocalInstallation {
  home: string;
  secrets: LocalSecrets;
  urls: LocalDatabaseUrls;
  start: LastStart | null;
}

/**
 * Runs `work` on the local installation, with its database up: the one that runs is used, one that
 * is down is started for as long as `work` takes.
 */
export const withLocalInstallation = async <T>(
  work: (local: LocalInstallation) => Promise<T>,
): Promise<T> => {
  const home = resolveHome(process.env);
  if (!existsSync(join(home, 'secrets.json'))) {
    throw new DomainError('not_found', `There is no installation in ${home} yet: run npm start.`);
  }
  const secrets = localSecrets(home);
  const running = await findRunning(home);
  if (running) return work(installation(home, secrets, running.superuserUrl));
  const server = await startEmbeddedPostgres({ home });
  try {
    return await work(installation(home, secrets, server.superuserUrl));
  } finally {
    await server.stop();
  }
};

const installation = (
  home: string,
  secrets: LocalSecrets,
  superuserUrl: string,
): LocalInstallation => ({
  home,
  secrets,
  urls: localDatabaseUrls(superuserUrl, secrets),
  start: lastStart(home),
});
