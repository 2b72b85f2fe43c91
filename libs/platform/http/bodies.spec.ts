import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IT, OURS, startProbeApi, type ProbeApi } from './fixtures/probe-api.js';

let probe: ProbeApi;
beforeAll(async () => {
  probe = await startProbeApi();
});
afterAll(() => probe.close());

const post = (body: string, type = 'application/json') =>
  probe.call('POST', '/api/v1/probe/notes', { ...IT, ...OURS, 'content-type': type }, body);

describe('the charset of a body', () => {
  it.each(['utf8', 'UTF8', 'utf-8', 'UTF-8', '"UTF-8"', '"utf8"'])('may be %s', async (charset) => {
    expect((await post('{"text":"é"}', `application/json; charset=${charset}`)).status).toBe(201);
  });

  it.each(['utf-7', 'UTF-7', '"utf-7"', 'utf-16', 'utf-16le', 'utf-32', 'iso-8859-1', 'utf-8; charset=utf-7'])(
    'is rejected as %s',
    async (charset) => {
      const { status, problem } = await post('{"text":"+AGE-"}', `application/json; charset=${charset}`);
      expect(status).toBe(415);
      expect(problem.code).toBe('unsupported_media_type');
    },
  ); // prettier-ignore
});

describe('the nesting of a body', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const deep = /64 levels/;

  it.each([
    ['64 levels', nested(64), false],
    ['64 levels with a number in them', `${'['.repeat(64)}1${']'.repeat(64)}`, false],
    ['65 levels', nested(65), true],
    ['65 levels with a number in them', `${'['.repeat(65)}1${']'.repeat(65)}`, true],
    ['65 levels of objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, true],
    ['100,000 levels', nested(100_000), true],
  ])('%s', async (_, body, isTooDeep) => {
    const { status, problem } = await post(body);
    expect(status).toBe(400);
    expect(deep.test(problem.detail)).toBe(isTooDeep);
  });
});

it('answers HEAD as GET, without its body', async () => {
  const got = await probe.call('GET', '/api/v1/probe/open');
  const headed = await probe.call('HEAD', '/api/v1/probe/open');
  expect([headed.status, headed.text]).toEqual([200, '']);
  expect(headed.headers['content-length']).toBe(got.headers['content-length']);
  expect((await probe.call('HEAD', '/api/v1/probe/mine')).status).toBe(401);
});
