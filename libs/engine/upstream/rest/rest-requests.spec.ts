import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { LOOPBACK } from '../fixtures/spec-server.js';
import { createOutbound, type Outbound } from '../outbound/outbound.js';
import { callRest } from './call-rest.js';
import { importOpenApi } from './import-open-api.js';

interface Seen {
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);

describe('requests of an imported operation', () => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      if (request.url?.startsWith('/png')) response.writeHead(200, { 'content-type': 'image/png' });
      return response.end(request.url?.startsWith('/png') ? PNG : '{}');
    });
  });
  let outbound: Outbound;
  let baseUrl: string;

  beforeAll(async () => {
    outbound = createOutbound({ allow: LOOPBACK });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  beforeEach(() => {
    seen.length = 0;
  });
  afterAll(async () => {
    await outbound.close();
    server.close();
  });

  const send = async (
    operation: JsonObject,
    args: JsonObject,
    { path = '/a', slashArguments = [] as string[] } = {},
  ) => {
    const { tools, problems } = importOpenApi(
      { openapi: '3.1.0', paths: { [path]: { post: operation } } },
      { baseUrl },
    );
    if (tools[0] === undefined) throw new Error(problems[0]?.message);
    const { operation: imported } = tools[0];
    return callRest(outbound, {
      baseUrl,
      operation: imported,
      arguments: args,
      slashArguments,
      timeoutMs: 2000,
    });
  };
  const sent = async (operation: JsonObject, args: JsonObject, more = {}): Promise<Seen> => {
    await send(operation, args, more);
    const [request] = seen.splice(0);
    if (request === undefined) throw new Error('nothing was sent');
    return request;
  };
  const parameter = (place: string, schema: Json, more: JsonObject = {}): JsonObject => ({
    parameters: [{ name: 'p', in: place, required: place === 'path', schema, ...more }],
  });
  const ANY = {};

  it.each<[string, JsonObject, Json, string]>([
    ['a list, exploded', {}, ['a b', 'c&d'], 'p=a%20b&p=c%26d'],
    ['a list, joined', { explode: false }, ['a', 'b&'], 'p=a,b%26'],
    ['a list, by spaces', { style: 'spaceDelimited' }, ['a', 'b'], 'p=a%20b'],
    ['a list, by pipes', { style: 'pipeDelimited' }, ['a', 'b'], 'p=a%7Cb'],
    ['an object, exploded', {}, { x: 1, y: true }, 'x=1&y=true'],
    ['an object, joined', { explode: false }, { x: 1, y: 'z' }, 'p=x,1,y,z'],
    ['a deep object', { style: 'deepObject' }, { a: { b: 1 }, c: ['x'] }, 'p%5Ba%5D%5Bb%5D=1&p%5Bc%5D%5B0%5D=x'],
    ['a number', {}, 1.5, 'p=1.5'],
    ['nothing', {}, [], ''],
  ])('write %s in a query', async (_what, more, value, query) => {
    const { url } = await sent(parameter('query', ANY, more), { p: value });
    expect(url).toBe(query === '' ? '/a' : `/a?${query}`);
  }); // prettier-ignore

  it('write JSON in a query, a header and a cookie', async () => {
    const content = { 'application/json': { schema: {} } };
    const operation = {
      parameters: ['query', 'header', 'cookie'].map((place) => ({ name: 'p', in: place, content })),
    };
    const { url, headers } = await sent(operation, {
      p: { a: [1] },
      header_p: 'x',
      cookie_p: { b: ';' },
    });
    expect(url).toBe('/a?p=%7B%22a%22%3A%5B1%5D%7D');
    expect(headers).toMatchObject({ p: '"x"', cookie: 'p=%7B%22b%22%3A%22%3B%22%7D' });
  });

  it.each<[string, JsonObject, Json, string]>([
    ['simple', {}, ['a', 'b'], '/x/a,b'],
    ['label', { style: 'label' }, 'a', '/x/.a'],
    ['matrix', { style: 'matrix' }, 'a', '/x/;p=a'],
    ['an object', { explode: true }, { x: 1 }, '/x/x%3D1'],
  ])('write a path in the style %s', async (_what, more, value, url) => {
    const found = await sent(parameter('path', ANY, more), { p: value }, { path: '/x/{p}' });
    expect(found.url).toBe(url);
  });

  it('let slashes into the one path parameter for which people allowed them', async () => {
    const operation = parameter('path', { type: 'string' });
    const allowed = { path: '/x/{p}', slashArguments: ['p'] };
    const { url } = await sent(operation, { p: 'src/a b/c.ts' }, allowed);
    expect(url).toBe('/x/src/a%20b/c.ts');
    for (const p of ['../a', 'a/../b', 'a/./b', '/a', 'a/', 'a//b', 'a/..', 'a\\b', 'a/\0'])
      await expect(send(operation, { p }, allowed)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    await expect(send(operation, { p: 'a/b' }, { path: '/x/{p}' })).rejects.toThrow(/slash/);
    expect(seen).toEqual([]);
  });

  it('write headers and cookies that cannot end their line or become another', async () => {
    const operation = {
      parameters: [
        { name: 'X-Key', in: 'header', schema: {} },
        { name: 'c', in: 'cookie', schema: {} },
      ],
    };
    const { headers } = await sent(operation, { 'X-Key': ['a', 'b'], c: 'a; d=1\r\n' });
    expect(headers).toMatchObject({ 'x-key': 'a,b', cookie: 'c=a%3B%20d%3D1%0D%0A' });
    for (const value of ['a\r\nhost: b', 'a\nb', ' a', 'a ', '', 'é', 'a\0', ['a,b']])
      await expect(send(operation, { 'X-Key': value })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    expect(seen).toEqual([]);
  });

  it.each<[string, JsonObject, Json]>([
    ['a joined item with a comma', { explode: false }, ['a,b']],
    ['a member that is another argument', {}, { other: 1 }],
    ['a member that is structure', { style: 'deepObject' }, { 'a][b': 1 }],
    ['a list in a list', {}, [['a']]],
    ['half a character', {}, '\ud800'],
  ])('are not sent with %s in a query', async (_what, more, value) => {
    const operation = {
      parameters: [
        { name: 'p', in: 'query', schema: {}, ...more },
        { name: 'other', in: 'query', schema: {} },
      ],
    };
    await expect(send(operation, { p: value })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(seen).toEqual([]);
  });

  const body = (type: string, schema: Json, more: JsonObject = {}): JsonObject => ({
    requestBody: { required: true, content: { [type]: { schema, ...more } } },
  });

  it('write a form, with the styles of its members', async () => {
    const schema = {
      type: 'object',
      properties: { a: {}, list: {}, deep: {}, object: { type: 'object' } },
    };
    const encoding = { deep: { style: 'deepObject', explode: true } };
    const operation = body('application/x-www-form-urlencoded', schema, { encoding });
    const { headers, body: form } = await sent(operation, {
      a: 'x&y=é',
      list: [1, { k: 2 }],
      deep: { m: { n: [1] } },
      object: { o: 1 },
    });
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(form.toString()).toBe(
      'a=x%26y%3D%C3%A9&list=1&list=%7B%22k%22%3A2%7D&deep%5Bm%5D%5Bn%5D%5B0%5D=1&object=%7B%22o%22%3A1%7D',
    );
  });

  it('are no form in which one field names another', async () => {
    const properties = { any: { type: 'object' }, amount: { type: 'number' } };
    const encoding = { any: { style: 'form', explode: true } };
    const type = 'application/x-www-form-urlencoded';
    const operation = body(type, { type: 'object', properties }, { encoding });
    expect((await sent(operation, { any: { x: 1 } })).body.toString()).toBe('x=1');
    await expect(send(operation, { any: { amount: 1 } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('write multipart with fields, JSON and files, byte for byte', async () => {
    const schema = {
      type: 'object',
      properties: {
        note: { type: 'string' },
        about: { type: 'object' },
        file: { type: 'string', format: 'binary' },
      },
    };
    const file = { data: PNG.toString('base64'), filename: 'a.png', mediaType: 'image/png' };
    const { headers, body: bytes } = await sent(body('multipart/form-data', schema), {
      note: 'hi\r\n--x',
      about: { a: 1 },
      file,
    });
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': String(headers['content-type']) },
    }).formData();
    expect(form.get('note')).toBe('hi\r\n--x');
    const sentFile = form.get('file') as File;
    expect([sentFile.name, sentFile.type]).toEqual(['a.png', 'image/png']);
    expect(Buffer.from(await sentFile.arrayBuffer())).toEqual(PNG);
    expect(bytes.toString('latin1')).toContain(
      'name="about"\r\ncontent-type: application/json\r\n\r\n{"a":1}\r\n',
    );
    for (const bad of [
      { data: 'a' },
      { data: 'AB==x' },
      { ...file, filename: 'a"\r\nx: y' },
      { ...file, filename: '../a' },
      { ...file, mediaType: 'image/png\r\nx: y' },
    ])
      await expect(send(body('multipart/form-data', schema), { file: bad })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    expect(seen).toEqual([]);
  });

  it('write text, bytes, and JSON of any shape as the whole body', async () => {
    const text = await sent(body('text/csv', {}), { body: 'a,b\n' });
    expect([text.headers['content-type'], text.body.toString()]).toEqual(['text/csv', 'a,b\n']);
    const bytes = await sent(body('image/png', {}), { body: { data: PNG.toString('base64') } });
    expect([bytes.headers['content-type'], bytes.body]).toEqual(['image/png', PNG]);
    const json = await sent(body('application/vnd.x+json', { type: 'array' }), { body: [1, null] });
    expect([json.headers['content-type'], json.body.toString()]).toEqual([
      'application/vnd.x+json',
      '[1,null]',
    ]);
  });

  it('send no body where it is optional and none is given', async () => {
    const schema = { type: 'object', properties: { a: {} } };
    const operation = { requestBody: { content: { 'application/json': { schema } } } };
    const { headers, body: none } = await sent(operation, {});
    expect(none.length).toBe(0);
    expect(headers['content-type']).toBeUndefined();
  });

  it('have bytes in the answer as an embedded resource', async () => {
    const { content, isError } = await send({}, {}, { path: '/png' });
    expect(isError).toBe(false);
    expect(content).toEqual([
      {
        type: 'resource',
        resource: {
          uri: expect.stringMatching(/^ni:\/\/\/sha-256;[\w-]{43}$/) as string,
          mimeType: 'image/png',
          blob: PNG.toString('base64'),
        },
      },
    ]);
  });
});
