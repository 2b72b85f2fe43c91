import { createTestDatabase, statusOfUnfinished, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate } from './scim/scim.fixture.js';

let database: TestDatabase;
let gate: ScimGate;

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startScimGate(database.appUrl);
});

afterAll(async () => {
  await gate.close();
  await database.drop();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const SCIM_TYPE = { 'content-type': 'application/scim+json' };

describe('a body before its caller is known', () => {
  it.each([
    ['/api/v1/agents', JSON_TYPE],
    ['/api/v1/agents', { ...JSON_TYPE, authorization: 'Bearer nonsense' }],
    ['/api/v1/setup', JSON_TYPE],
    ['/scim/v2/Users', SCIM_TYPE],
    ['/scim/v2/Bulk', { ...SCIM_TYPE, authorization: 'Bearer gh_scim_nonsense' }],
  ])('is not read where a header says who it is: %s %j', async (path, headers) => {
    expect(await statusOfUnfinished(`${gate.origin}${path}`, { headers })).toBe(401);
  });

  it.each([
    ['/ssf/events', 'application/secevent+jwt'],
    ['/oauth/token', 'application/x-www-form-urlencoded'],
    ['/api/sign-in/back-channel-logout', 'application/x-www-form-urlencoded'],
  ])('is at most 16 KiB where it says so itself: %s', async (path, type) => {
    const target = `${gate.origin}${path}`;
    const headers = { 'content-type': type };
    expect(await statusOfUnfinished(target, { headers, length: 16_385 })).toBe(413);
    expect(await statusOfUnfinished(target, { headers, length: 16_384, waitMs: 1_000 })).toBeNull();
    const chunks = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(8_192).fill(97)),
    });
    const answer = await fetch(target, {
      method: 'POST',
      headers,
      body: chunks,
      duplex: 'half',
    }).then(
      ({ status }) => status,
      () => 'the connection was ended',
    );
    expect([413, 'the connection was ended']).toContain(answer);
  });

  it('is read, and may be 1 MB, once it is known', async () => {
    const client = await gate.connect();
    const displayName = 'x'.repeat(900_000);
    const made = await client.send('POST', '/Groups', { schemas: [], displayName });
    expect(made.status).toBe(400);
  });
});
