import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CANARY,
  IT,
  JSON_TYPE,
  lines,
  OURS,
  startProbeApi,
  type ProbeApi,
} from '../fixtures/probe-api.js';

let probe: ProbeApi;
beforeAll(async () => {
  probe = await startProbeApi();
});
afterAll(() => probe.close());

describe('the problem filter', () => {
  const deep = `${'['.repeat(70)}${']'.repeat(70)}`;
  const write = { ...IT, ...OURS, ...JSON_TYPE };
  it.each([
    ['malformed JSON', 'POST', '/api/v1/probe/notes', write, '{"text":', 400, 'invalid_input'],
    [
      'a body over 1 MB',
      'POST',
      '/api/v1/probe/notes',
      write,
      `"${'x'.repeat(1_048_576)}"`,
      413,
      'payload_too_large',
    ],
    [
      'another content type',
      'POST',
      '/api/v1/probe/notes',
      { ...write, 'content-type': 'text/plain' },
      'x',
      415,
      'unsupported_media_type',
    ],
    [
      'no content type',
      'POST',
      '/api/v1/probe/notes',
      { ...IT, ...OURS },
      '{}',
      415,
      'unsupported_media_type',
    ],
    [
      'another charset',
      'POST',
      '/api/v1/probe/notes',
      { ...write, 'content-type': 'application/json; charset=latin1' },
      '{}',
      415,
      'unsupported_media_type',
    ],
    [
      'another encoding',
      'POST',
      '/api/v1/probe/notes',
      { ...write, 'content-encoding': 'zip' },
      '{}',
      415,
      'unsupported_media_type',
    ],
    ['70 levels', 'POST', '/api/v1/probe/notes', write, deep, 400, 'invalid_input'],
    [
      'a __proto__ key',
      'POST',
      '/api/v1/probe/notes',
      write,
      '{"text":"a","__proto__":{"x":1}}',
      400,
      'invalid_input',
    ],
    [
      'a nested constructor key',
      'POST',
      '/api/v1/probe/notes',
      write,
      '{"text":{"constructor":{}}}',
      400,
      'invalid_input',
    ],
    [
      'an undeclared key',
      'POST',
      '/api/v1/probe/notes',
      write,
      '{"text":"a","id":"b"}',
      400,
      'invalid_input',
    ],
    ['no body', 'POST', '/api/v1/probe/notes', { ...IT, ...OURS }, undefined, 400, 'invalid_input'],
    ['an array', 'POST', '/api/v1/probe/notes', write, '[{"text":"a"}]', 400, 'invalid_input'],
    [
      'an id that is none',
      'GET',
      '/api/v1/probe/things/1;drop',
      IT,
      undefined,
      400,
      'invalid_input',
    ],
    ['an unknown address', 'GET', '/api/v1/probe/nowhere', {}, undefined, 404, 'not_found'],
    ['another method', 'DELETE', '/api/v1/probe/notes', {}, undefined, 405, 'method_not_allowed'],
    ['OPTIONS', 'OPTIONS', '/api/v1/probe/notes', {}, undefined, 405, 'method_not_allowed'],
    ['TRACE', 'TRACE', '/api/v1/probe/notes', {}, undefined, 405, 'method_not_allowed'],
    [
      'broken percent encoding',
      'GET',
      '/api/v1/probe/things/%FF',
      IT,
      undefined,
      400,
      'invalid_input',
    ],
    ['a use case that says no', 'GET', '/api/v1/probe/conflict', {}, undefined, 409, 'conflict'],
    [
      'a database that is away',
      'GET',
      '/api/v1/probe/no-database',
      {},
      undefined,
      503,
      'unavailable',
    ],
    [
      'a transaction that did not begin in time',
      'GET',
      '/api/v1/probe/no-transaction',
      {},
      undefined,
      503,
      'unavailable',
    ],
    ['an unexpected error', 'GET', '/api/v1/probe/throws', {}, undefined, 500, 'internal'],
    [
      'an answer unlike its schema',
      'GET',
      '/api/v1/probe/wrong-answer',
      {},
      undefined,
      500,
      'internal',
    ],
  ])('answers %s with a problem', async (_, method, path, headers, body, status, code) => {
    const length: Record<string, string> =
      body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const answer = await probe.call(method, path, { ...headers, ...length }, body);
    expect(answer.problem).toMatchObject({ status, code, type: `urn:gatehouse:problem:${code}` });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.problem.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.text).not.toMatch(/c4n4ry|SELECT|node_modules|at \w+ \(/);
  });

  it('says which methods an address takes', async () => {
    expect((await probe.call('PUT', '/api/v1/probe/notes')).headers.allow).toBe('POST');
  });

  it('logs an unexpected error under the trace id that the caller got', async () => {
    lines.length = 0;
    const { problem } = await probe.call('GET', '/api/v1/probe/throws');
    expect(lines.filter((line) => line.includes(problem.traceId ?? 'none'))).toHaveLength(1);
  });

  it('logs where an answer does not fit and never its values', async () => {
    lines.length = 0;
    await probe.call('GET', '/api/v1/probe/wrong-answer');
    expect(lines.join('')).toContain('ProbeController.wrongAnswer answered ok:');
    expect(lines.join('')).not.toContain(CANARY);
  });
});
