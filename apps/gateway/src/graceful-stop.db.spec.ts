import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway } from './fixtures/gateway.fixture.js';
import { holdNextAnswer } from './fixtures/rest-server.fixture.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

it('a gateway that is told to stop ends its calls, records their outcomes and takes no more', async () => {
  const gateway = await startGateway(database.appUrl);
  const held = holdNextAnswer(gateway.rest);
  const call = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'x' } };
  const inProgress = gateway.call('coder', call);
  await held.arrived;
  const stopped = gateway.close();
  expect((await gateway.call('coder', call)).status).toBe(503);
  held.release();
  expect((await inProgress).status).toBe(200);
  await stopped;

  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ type: string; outcome: string | null }>(
    "SELECT type, data->>'outcome' AS outcome FROM ledger_entry WHERE call_id IS NOT NULL ORDER BY id",
  );
  expect(rows).toEqual([
    { type: 'call.intent', outcome: null },
    { type: 'call.outcome', outcome: 'succeeded' },
  ]);
  await client.end();
  await gateway.stop();
});
