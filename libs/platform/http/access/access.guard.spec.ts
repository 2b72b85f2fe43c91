import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  IT,
  JSON_TYPE,
  options,
  OURS,
  rejected,
  rootOf,
  startProbeApi,
  UndeclaredController,
  type ProbeApi,
} from '../fixtures/probe-api.js';
import { createHttpApp } from '../index.js';

let probe: ProbeApi;
beforeAll(async () => {
  probe = await startProbeApi();
});
afterAll(() => probe.close());

describe('the access guard', () => {
  it('rejects who is not signed in', async () => {
    for (const path of ['/api/v1/probe/mine', '/api/v1/probe/things/1']) {
      expect((await probe.call('GET', path)).problem).toMatchObject({
        status: 401,
        code: 'unauthenticated',
      });
    }
  });

  it('rejects who never may, before the input is looked at', async () => {
    const { problem } = await probe.call('GET', '/api/v1/probe/things/1', { 'x-role': 'none' });
    expect(problem).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('has rejected writes kept, and rejected reads not', async () => {
    rejected.length = 0;
    await probe.call('GET', '/api/v1/probe/things/1', { 'x-role': 'none' });
    expect(rejected).toEqual([]);
    const headers = { 'x-role': 'none', ...OURS, ...JSON_TYPE };
    const { problem } = await probe.call('POST', '/api/v1/probe/notes', headers, '{}');
    expect(problem).toMatchObject({ status: 403, code: 'forbidden' });
    expect(rejected).toMatchObject([{ actor: { name: 'Ada' }, error: { code: 'forbidden' } }]);
  });

  it('lets in who may', async () => {
    expect((await probe.call('GET', '/api/v1/probe/mine', IT)).text).toBe('{"ok":true,"by":"Ada"}');
    const id = '0199aaaa-0000-7000-8000-000000000001';
    expect((await probe.call('GET', `/api/v1/probe/things/${id}`, IT)).status).toBe(200);
  });

  it.each([
    '/api/v1/probe/./mine',
    '/api//probe/mine',
    '//api/probe/mine',
    '/API/probe/mine',
    '/api/v1/probe/MINE',
    '/api/v1/probe/mine/',
    '/api/v1/probe/mine;x=1',
    '/api/v1/probe/%6Dine',
    '/api/v1/probe/mine%2F',
    '/api/v1/probe/open/..%2Fmine',
    '/api/v1/probe/open/../mine',
    '/api%2Fprobe%2Fmine',
    '/api/v1/probe/mine%00',
    '/api\\probe\\mine',
  ])('is not got round by spelling an address as %s', async (path) => {
    const { status } = await probe.call('GET', path);
    expect([400, 401, 404]).toContain(status);
  });

  it('rejects a route that declares no permission, even to every role', async () => {
    const app = await NestFactory.create(rootOf(UndeclaredController), { logger: false });
    await app.listen(0, '127.0.0.1');
    const answer = await fetch(`${await app.getUrl()}/api/v1/undeclared/access`, { headers: IT });
    expect(answer.status).toBe(403);
    await app.close();
  });

  it('does not let a process start while a route leaves something undeclared', async () => {
    const starting = createHttpApp(rootOf(UndeclaredController), options);
    await expect(starting).rejects.toThrow(
      /access\) declares no access[\s\S]*answer\) declares no answer[\s\S]*query without a schema[\s\S]*body without a schema[\s\S]*never parses the parameters/,
    );
  });
});
