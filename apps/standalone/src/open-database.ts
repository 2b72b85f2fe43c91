import { startEmbeddedPostgres } from '#libs/dev/embedded-postgres';
import { ensureLocalDatabase, type LocalDatabaseUrls, type LocalSecrets } from '#libs/dev/local';

/** The embedded database, with its roles made. */
export interface OpenDatabase extends LocalDatabaseUrls {
  close(): Promise<void>;
}

/** Starts, or adopts, the embedded PostgreSQL of `home`. */
export const openDatabase = async (options: {
  home: string;
  secrets: LocalSecrets;
  log: (message: string) => void;
  signal: AbortSignal;
}): Promise<OpenDatabase> => {
  const { home, log, signal, secrets } = options;
  const server = await startEmbeddedPostgres({ home, log, signal });
  try {
    const urls = await ensureLocalDatabase(server.superuserUrl, secrets);
    return { ...urls, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
};
