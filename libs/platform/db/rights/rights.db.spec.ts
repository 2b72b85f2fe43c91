import pg from 'pg';
import { asProcess, createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareRights } from './compare-rights.js';
import { DEFAULT_DATABASE_ROLES, grantRights, processesByRole } from './grant-rights.js';
import type { Columns } from './database-rights.js';
import { PROCESS_NAMES, rightsOf, type ProcessName } from './process-rights.js';

let database: TestDatabase;
let superuser: pg.Client;
let columnsOf: Map<string, string[]>;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  await superuser.query(`CREATE ROLE ${SHARED} LOGIN PASSWORD 'shared'`);
  const { rows } = await superuser.query<{ table_name: string; columns: string[] }>(`
    SELECT table_name::text, array_agg(column_name::text ORDER BY ordinal_position) AS columns
    FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name`);
  columnsOf = new Map(rows.map((row) => [row.table_name, row.columns]));
});

afterAll(async () => {
  await superuser.query(`DROP OWNED BY ${SHARED}; DROP ROLE ${SHARED}`);
  await superuser.end();
  await database.drop();
});

/** Runs `work` as the role of a process, in a transaction that is rolled back. */
const as = async <T>(name: ProcessName, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: asProcess(name, database.appUrl) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

// Roles are the server's, which other suites use at the same time.
const SHARED = `gatehouse_shared_${process.pid}`;

const NOT_PERMITTED = '42501';

/** Whether PostgreSQL let the role do it at all; whatever else may be wrong with it. */
const isPermitted = async (client: pg.Client, statement: string): Promise<boolean> => {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    return (error as pg.DatabaseError).code !== NOT_PERMITTED;
  } finally {
    await client.query('ROLLBACK');
  }
};

const includes = (columns: Columns | undefined, column: string): boolean =>
  columns === 'all' || columns?.includes(column) === true;

interface Try {
  readonly right: string;
  readonly statement: string;
  readonly isExpected: boolean;
}

/** Every right that a role could have on our tables, with a statement that takes just this one. */
const everyRight = (name: ProcessName): Try[] => {
  const { tables } = rightsOf([name]);
  return [...columnsOf].flatMap(([table, columns]) => {
    const rights = tables[table] ?? {};
    return [
      ...columns.flatMap((column): Try[] => [
        {
          right: `SELECT ${table}.${column}`,
          statement: `SELECT "${column}" FROM "${table}" LIMIT 0`,
          isExpected: includes(rights.select, column),
        },
        {
          right: `INSERT ${table}.${column}`,
          statement: `INSERT INTO "${table}" ("${column}") VALUES (DEFAULT)`,
          isExpected: includes(rights.insert, column),
        },
        {
          right: `UPDATE ${table}.${column}`,
          statement: `UPDATE "${table}" SET "${column}" = DEFAULT WHERE false`,
          isExpected: includes(rights.update, column),
        },
      ]),
      {
        right: `DELETE ${table}`,
        statement: `DELETE FROM "${table}" WHERE false`,
        isExpected: rights.delete === true,
      },
      { right: `TRUNCATE ${table}`, statement: `TRUNCATE "${table}"`, isExpected: false },
      { right: `LOCK ${table}`, statement: `DROP TABLE "${table}"`, isExpected: false },
    ];
  });
};

describe.each(PROCESS_NAMES)('the role of the %s', (name) => {
  it('has the rights that are listed, and not one more', async () => {
    const { role, excess, missing } = await compareRights(asProcess(name, database.appUrl), [name]);
    expect(role).toBe(DEFAULT_DATABASE_ROLES[name]);
    expect({ excess, missing }).toEqual({ excess: [], missing: [] });
  });

  it('is let do what is listed and nothing else, tried with a statement for each', async () => {
    const tries = everyRight(name);
    const wrong = await as(name, async (client) => {
      const found: string[] = [];
      for (const { right, statement, isExpected } of tries)
        if ((await isPermitted(client, statement)) !== isExpected) found.push(right);
      return found;
    });
    expect(tries.length).toBeGreaterThan(columnsOf.size * 10);
    expect(wrong).toEqual([]);
  });

  it('makes nothing, and becomes nobody else', async () => {
    const statements = [
      'CREATE TABLE stray (id int)',
      'CREATE SCHEMA stray',
      `SET ROLE ${DEFAULT_DATABASE_ROLES[name === 'api' ? 'gateway' : 'api']}`,
      'SET ROLE gatehouse_owner',
      "SET session_replication_role = 'replica'",
      'ALTER TABLE record_signature DISABLE TRIGGER ALL',
      'UPDATE epoch SET value = 1',
    ];
    const permitted = await as(name, async (client) => {
      const found: string[] = [];
      for (const statement of statements)
        if (await isPermitted(client, statement)) found.push(statement);
      return found;
    });
    expect(permitted).toEqual([]);
  });

  it('names only tables and columns that are there', () => {
    for (const [table, rights] of Object.entries(rightsOf([name]).tables)) {
      const known = columnsOf.get(table) ?? [];
      const named = [rights.select, rights.insert, rights.update].flatMap((columns) =>
        columns === undefined || columns === 'all' ? [] : columns,
      );
      expect({ table, isThere: known.length > 0 }).toEqual({ table, isThere: true });
      expect(known).toEqual(expect.arrayContaining(named));
    }
  });
});

describe('the gateway', () => {
  it('writes to the ledger, used token ids, sessions over MCP and the inbox of unregistered agents only', () => {
    const { tables } = rightsOf(['gateway']);
    const written = Object.entries(tables)
      .filter(([, { insert, update, delete: removes }]) => insert ?? update ?? removes)
      .map(([table]) => table);
    expect(written.toSorted()).toEqual([
      'ledger_entry',
      'ledger_payload',
      'mcp_session',
      'mcp_upstream_session',
      'unregistered_agent',
      'used_token_id',
    ]);
  });

  it('reads no session, role, alert, proposal or connection, and nothing that is sealed or personal', () => {
    const { tables } = rightsOf(['gateway']);
    const hidden = [
      'access_request',
      'alert',
      'console_session',
      'group_mapping',
      'outbox',
      'people_group',
      'person_role',
      'person_team',
      'proposed_change',
      'scim_connection',
      'scim_token',
      'scim_user',
      'setup_code',
      'sign_in_provider',
      'signal_stream',
    ];
    expect(hidden.filter((table) => tables[table] !== undefined)).toEqual([]);
    for (const [table, column] of [
      ['person', 'email'],
      ['person', 'name'],
      ['signing_key', 'sealed_private_key'],
      ['tool_server', 'openapi'],
      ['tool_server', 'left_out'],
    ] as const) {
      expect(columnsOf.get(table)).toContain(column);
      expect(includes(tables[table]?.select, column), `${table}.${column}`).toBe(false);
    }
  });

  it('does not move the epoch; api and worker do by the function alone', async () => {
    const move = 'SELECT epoch_move(true, true)';
    for (const name of PROCESS_NAMES)
      expect([name, await as(name, (client) => isPermitted(client, move))]).toEqual([
        name,
        name !== 'gateway',
      ]);
  });

  it('cannot take a block away by trimming the inbox', async () => {
    await superuser.query(`
      INSERT INTO issuer (id, url, name, audiences, algorithms, profile, clock_tolerance_seconds, created_at)
      VALUES ('0193b3a0-0000-7000-8000-000000000001', 'https://idp.test', 'x', '{a}', '{ES256}', 'rfc9068', 5, now());
      INSERT INTO unregistered_agent (id, issuer_id, subject, client_id, first_seen_at, last_seen_at, attempts,
        last_source, blocked_at, blocked_reason)
      SELECT gen_random_uuid(), '0193b3a0-0000-7000-8000-000000000001', 's' || n, '', now(), now(), 1, '', b, 'x'
      FROM (VALUES (1, now()), (2, NULL)) AS made (n, b)`);
    await as('gateway', (client) => client.query('SELECT unregistered_agent_trim(-1)'));
    const { rows } = await superuser.query('SELECT subject FROM unregistered_agent');
    expect(rows).toEqual([{ subject: 's1' }]);
  });
});

describe('a revocation, and the id of a token that was used up', () => {
  const make = (expiresIn: string) =>
    superuser.query(`
      TRUNCATE revoked_token, used_token_id;
      INSERT INTO revoked_token VALUES ('https://idp.test', 'a', now() + interval '${expiresIn}', now());
      INSERT INTO used_token_id VALUES ('dpop', 'https://idp.test', 'a', now() + interval '${expiresIn}')`);
  const left = async () => {
    const { rows } =
      await superuser.query(`SELECT (SELECT count(*)::int FROM revoked_token) AS revoked,
      (SELECT count(*)::int FROM used_token_id) AS used,
      (SELECT count(*)::int FROM revoked_token WHERE expires_at > now() - interval '30 minutes') AS live`);
    return rows[0] as unknown;
  };
  const tried = async (name: ProcessName, statement: string) =>
    as(name, async (client) => {
      try {
        const { rowCount } = await client.query(statement);
        return `done: ${rowCount ?? 0}`;
      } catch (error) {
        return (error as pg.DatabaseError).code;
      }
    });
  const WAYS = [
    'DELETE FROM revoked_token',
    'DELETE FROM used_token_id',
    "UPDATE revoked_token SET expires_at = now() - interval '2 hours'",
    'TRUNCATE revoked_token',
  ];

  it.each(PROCESS_NAMES)(
    'stays for as long as the token could be accepted: the %s',
    async (name) => {
      for (const expiresIn of ['1 day', '-10 minutes']) {
        await make(expiresIn);
        for (const way of WAYS)
          expect([way, await tried(name, way)]).toEqual([
            way,
            expect.stringMatching(/^(23514|42501)$/) as string,
          ]);
        expect(await left()).toEqual({ revoked: 1, used: 1, live: 1 });
      }
    },
  );

  it('is made longer by the api, and purged by the worker an hour after it expired', async () => {
    await make('1 minute');
    const longer = "UPDATE revoked_token SET expires_at = now() + interval '1 hour'";
    expect(await tried('api', longer)).toBe('done: 1');
    await make('-1 hour');
    expect(await tried('worker', 'DELETE FROM revoked_token')).toBe('done: 1');
    expect(await tried('worker', 'DELETE FROM used_token_id')).toBe('done: 1');
  });
});

describe('a right too many', () => {
  it.each([
    ['GRANT UPDATE (text) ON policy_version TO gatehouse_gateway', 'UPDATE policy_version.text'],
    ['GRANT SELECT (email) ON person TO gatehouse_gateway', 'SELECT person.email'],
    ['GRANT DELETE ON alert TO PUBLIC', 'DELETE alert'],
    ['GRANT EXECUTE ON FUNCTION epoch_move TO gatehouse_gateway', 'EXECUTE epoch_move'],
    ['GRANT gatehouse_api TO gatehouse_gateway WITH INHERIT FALSE', 'BE gatehouse_api'],
  ])('is noticed, and taken away by migrating: %s', async (grant, right) => {
    const url = asProcess('gateway', database.appUrl);
    await superuser.query(grant);
    const found = await compareRights(url, ['gateway']);
    expect(found.excess).toEqual([right]);
    const isOfRole = grant.includes('ON ') && grant.endsWith('TO gatehouse_gateway');
    if (isOfRole) await grantRights(database.ownerUrl, DEFAULT_DATABASE_ROLES, null);
    else
      await superuser.query(
        grant
          .replace('GRANT', 'REVOKE')
          .replace(' TO ', ' FROM ')
          .replace(' WITH INHERIT FALSE', ''),
      );
    expect((await compareRights(url, ['gateway'])).excess).toEqual([]);
  });
});

describe('a role that several processes share', () => {
  it('has the rights of all of them, and is seen to have more than one of them uses', async () => {
    await grantRights(database.ownerUrl, DEFAULT_DATABASE_ROLES, SHARED);
    const url = Object.assign(new URL(database.appUrl), { username: SHARED, password: 'shared' });
    const all = await compareRights(url.href, PROCESS_NAMES);
    expect(all).toEqual({ role: SHARED, excess: [], missing: [] });
    const one = await compareRights(url.href, ['gateway']);
    expect(one.excess).toEqual(expect.arrayContaining(['INSERT policy_version.text']));
    expect(one.missing).toEqual([]);
  });

  it('is every role that is none of the three', () => {
    const roles = { api: 'a', gateway: 'b', worker: 'b' };
    expect([...processesByRole(roles, 'a')]).toEqual([
      ['a', ['api']],
      ['b', ['gateway', 'worker']],
    ]);
    expect(processesByRole(roles, 'app').get('app')).toEqual(PROCESS_NAMES);
  });
});
