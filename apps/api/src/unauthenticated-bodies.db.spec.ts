import { statusOfUnfinished } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate } from './scim/scim.fixture.js';

let gate: ScimGate;

beforeAll(async () => {
  gate = await startScimGate();
});

afterAll(() => gate.close());

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

describe('a body of somebody who is known', () => {
  const unfinished = async (path: string, count: number, more: Record<string, string> = {}) => {
    const { token } = await gate.connect();
    const headers = { ...SCIM_TYPE, authorization: `Bearer ${token}`, ...more };
    const asked = { headers, length: 1000, waitMs: 4_000 };
    const statuses = await Promise.all(
      Array.from({ length: count }, () => statusOfUnfinished(`${gate.origin}${path}`, asked)),
    );
    return { waiting: statuses.filter((one) => one === null).length, statuses: new Set(statuses) };
  };
  const GZIP = { 'content-encoding': 'gzip' };

  it('counts for as much as it may become, where it is compressed', async () => {
    const { waiting, statuses } = await unfinished('/scim/v2/Users', 140, GZIP);
    expect([waiting, statuses]).toEqual([128, new Set([null, 503])]);
    expect((await unfinished('/scim/v2/Users', 140)).waiting).toBe(140);
  }, 60_000);

  it('is one of the few large ones, where it is a compressed group', async () => {
    const { waiting, statuses } = await unfinished('/scim/v2/Groups', 8, GZIP);
    expect([waiting, statuses]).toEqual([4, new Set([null, 503])]);
    expect((await unfinished('/scim/v2/Groups', 8)).waiting).toBe(8);
  }, 60_000);

  it('takes up nothing once its sender has gone, however early that is', async () => {
    const { token } = await gate.connect();
    const authorization = `Bearer ${token}`;
    for (const [path, headers, length] of [
      ['/scim/v2/Users', { ...SCIM_TYPE, ...GZIP, authorization }, 1000],
      ['/scim/v2/Groups', { ...SCIM_TYPE, authorization }, 2_000_000],
    ] as const)
      await Promise.all(
        Array.from({ length: 200 }, (_, at) =>
          statusOfUnfinished(`${gate.origin}${path}`, { headers, length, waitMs: 20 + 5 * at }),
        ),
      );
    expect((await unfinished('/scim/v2/Users', 128, GZIP)).waiting).toBe(128);
    expect((await unfinished('/scim/v2/Groups', 4, GZIP)).waiting).toBe(4);
  }, 60_000);
});

it('gives back what was kept of compressed bodies whose senders have gone', async () => {
  const target = `${gate.origin}/oauth/token`;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = { ...type, 'content-encoding': 'gzip' };
  for (let round = 0; round < 3; round += 1)
    await Promise.all(
      Array.from({ length: 300 }, () =>
        statusOfUnfinished(target, { headers, length: 1000, waitMs: 1_000 }),
      ),
    );
  const answer = await fetch(target, { method: 'POST', headers: type, body: 'grant_type=x' });
  expect(answer.status).toBe(401);
}, 60_000);
