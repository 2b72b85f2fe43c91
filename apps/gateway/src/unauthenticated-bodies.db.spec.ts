import { createTestDatabase, statusOfUnfinished, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';

let database: TestDatabase;
let gateway: GatewayFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  gateway = await startGateway(database.appUrl);
});

afterAll(async () => {
  await gateway.stop();
  await database.drop();
});

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a body before its caller is known', () => {
  it.each(['/v1/tool-calls', '/mcp', '/mcp/helpdesk'])(
    'is not read at %s',
    async (path) => {
      const status = (headers: Record<string, string>) =>
        statusOfUnfinished(`${gateway.url}${path}`, { headers: { ...JSON_TYPE, ...headers } });
      expect(await status({})).toBe(401);
      expect(await status({ authorization: 'Bearer nonsense' })).toBe(401);
      const token = await gateway.token('coder');
      expect(await status({ authorization: `Bearer ${token.slice(0, -8)}AAAAAAAA` })).toBe(401);
    },
    40_000,
  );

  it('is read, and may be 1 MB, once it is', async () => {
    const headers = { ...JSON_TYPE, authorization: `Bearer ${await gateway.token('coder')}` };
    const target = `${gateway.url}/v1/tool-calls`;
    expect(await statusOfUnfinished(target, { headers, waitMs: 1_000 })).toBeNull();
    const q = 'x'.repeat(900_000);
    const call = { server: 'helpdesk', tool: 'search_tickets', arguments: { q } };
    expect((await gateway.call('coder', call)).status).toBe(200);
  });
});
