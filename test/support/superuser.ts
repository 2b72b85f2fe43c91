import { Client } from 'pg';
import type { Installation } from './installation.js';

/** Runs SQL as the database's superuser: what a database administrator could do. */
export const asSuperuser = async <Row extends object>(
  site: Installation,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> => {
  const { output } = await site.gatehouse('env');
  const url = /^GATEHOUSE_LOCAL_DATABASE_URL='([^']+)'$/m.exec(output)?.[1];
  if (!url) throw new Error('gatehouse env printed no superuser URL');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(sql, values);
    return rows;
  } finally {
    await client.end();
  }
};
