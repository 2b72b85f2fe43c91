import { Client } from 'pg';

/** What a connection attempt with our password found. */
export type Probe = 'ours' | 'starting' | 'not ours' | 'no answer';

const PROBE_TIMEOUT_MS = 3_000;

/** Asks the server behind `url` for its data directory; only our own server knows our password. */
export async function probe(url: string, dataDir: string): Promise<Probe> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
    application_name: 'gatehouse-probe',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === dataDir ? 'ours' : 'not ours';
  } catch (error) {
    return evaluate((error as { code?: string }).code);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function evaluate(code: string | undefined): Probe {
  // 57P03 cannot_connect_now; class 28: authentication.
  if (code === '57P03') return 'starting';
  return code?.startsWith('28') ? 'not ours' : 'no answer';
}
