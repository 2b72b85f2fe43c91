import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineSchema, reasonSchema, timeSchema } from './schemas.js';
import { HOST, IT, JSON_TYPE, ORIGIN, startProbeApi, type ProbeApi } from './fixtures/probe-api.js';

let probe: ProbeApi;
beforeAll(async () => {
  probe = await startProbeApi();
});
afterAll(() => probe.close());

describe('a route', () => {
  it('answers only what its schema declares', async () => {
    const { text, headers } = await probe.call('GET', '/api/v1/probe/open');
    expect(JSON.parse(text)).toEqual({ ok: true });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('parses its query by its schema', async () => {
    expect(JSON.parse((await probe.call('GET', '/api/v1/probe/list')).text)).toEqual({ ok: true });
    const { status, problem } = await probe.call('GET', '/api/v1/probe/list?page=0&perPage=lots');
    expect(status).toBe(400);
    expect(problem.problems?.map(({ path }) => path)).toEqual(['page', 'perPage']);
  });

  it.each(['?q=%00', '?page=1&q=a%00b', '?a=b?%00'])(
    'takes no NUL in its query: %s',
    async (query) => {
      const { status, problem } = await probe.call('GET', `/api/v1/probe/list${query}`);
      expect(status).toBe(400);
      expect(problem).toMatchObject({
        code: 'invalid_input',
        detail: expect.stringContaining('NUL'),
      });
    },
  );

  it.each([
    ['Jörg Ó Ceallaigh', true],
    ['می‌خواهم', true],
    ['a\u202eb', false],
    ['a\u2066b', false],
    ['a\u0007b', false],
  ])('takes only lines that read as they are written: %j', (line, isTaken) => {
    expect(lineSchema(100).safeParse(line).success).toBe(isTaken);
  });

  it.each([
    ['it is ours\nand\ttheirs', true],
    ['approved\u202eyb', false],
    ['approved\u2066by', false],
    ['approved\u001b[2Jby', false],
    ['approved\u009bby', false],
  ])('takes only reasons that read as they are written: %j', (reason, isTaken) => {
    expect(reasonSchema.safeParse(reason).success).toBe(isTaken);
  });

  it.each([
    ['0000-01-01T00:00:00Z', false],
    ['0001-01-01T00:00:00Z', true],
    ['9999-12-31T23:59:59.999Z', true],
  ])('takes only moments that the database knows: %s', (time, isKnown) => {
    expect(timeSchema.safeParse(time).success).toBe(isKnown);
  });
});

describe('a write', () => {
  const body = '{"text":"a"}';
  const length = { 'content-length': String(body.length), ...JSON_TYPE, ...IT };
  const token = { 'x-csrf-token': 'the-session-token' };
  it.each([
    ['our origin and the token', { origin: ORIGIN, ...token }, 201],
    ['a page of ours as referer and the token', { referer: `${ORIGIN}/agents`, ...token }, 201],
    ['no token', { origin: ORIGIN }, 403],
    ['another token', { origin: ORIGIN, 'x-csrf-token': 'the-session-tokem' }, 403],
    ['an empty token', { origin: ORIGIN, 'x-csrf-token': '' }, 403],
    ['no origin', token, 403],
    ['the null origin', { origin: 'null', ...token }, 403],
    ['another origin', { origin: 'http://evil.test', ...token }, 403],
    ['our host on another port', { origin: `${ORIGIN}:81`, ...token }, 403],
    ['our origin as a prefix', { origin: `${ORIGIN}.evil.test`, ...token }, 403],
    ['another page as referer', { referer: 'http://evil.test/', ...token }, 403],
    ['a referer that is no address', { referer: 'about:blank', ...token }, 403],
  ])('with %s is answered as it should be', async (_, headers, status) => {
    const all: Record<string, string> = { ...length, ...headers };
    expect((await probe.call('POST', '/api/v1/probe/notes', all, body)).status).toBe(status);
  });
});

describe('a host', () => {
  it.each(['evil.test', `${HOST}:81`, `${HOST}.evil.test`, `evil.test#${HOST}`, ''])(
    'that is not ours is rejected: %s',
    async (host) => {
      expect((await probe.call('GET', '/api/v1/probe/open', { host })).status).toBe(403);
    },
  );
  it('is compared without case', async () => {
    expect((await probe.call('GET', '/api/v1/probe/open', { host: 'GATE.test' })).status).toBe(200);
  });
  it('of ours is not read by a page of another site', async () => {
    expect(
      (await probe.call('GET', '/api/v1/probe/open', { origin: 'http://evil.test' })).status,
    ).toBe(403);
  });
});
