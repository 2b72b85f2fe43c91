import { startEmbeddedPostgres } from '#libs/embedded-postgres';
import { ensureLocalDatabase, type LocalSecrets } from '#libs/local';

/** The database that this start uses, and how to let go of it. */
export interface OpenDatabase {
  applicationUrl: string;
  /** Null: somebody else migrates. */
  ownerUrl: string | null;
  /** True when Gatehouse made the server itself; only then may the sandbox be seeded. */
  embedded: boolean;
  close(): Promise<void>;
}

/** Uses `DATABASE_URL` when it is set, and the embedded PostgreSQL of `home` otherwise. */
export const openDatabase = async (options: {
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  secrets: LocalSecrets;
  log: (message: string) => void;
  signal: AbortSignal;
}): Promise<OpenDatabase> => {
  const { DATABASE_URL: given, MIGRATE_DATABASE_URL: owner } = options.environment;
  if (given) {
    const close = (): Promise<void> => Promise.resolve();
    return { applicationUrl: given, ownerUrl: owner || null, embedded: false, close };
  }
  const { home, log, signal, secrets } = options;
  const server = await startEmbeddedPostgres({ home, log, signal });
  const urls = await ensureLocalDatabase(server.superuserUrl, secrets);
  return {
    applicationUrl: urls.applicationUrl,
    ownerUrl: urls.ownerUrl,
    embedded: true,
    close: () => server.stop(),
  };
};
