import type { Json, JsonObject } from '#libs/platform/kernel';
import { describe, expect, it } from 'vitest';

import { importOpenApi } from './import-open-api.js';
import type { RestTool } from './operation.js';

const BASE = 'https://service.example/api';

const imported = (operation: JsonObject, more: JsonObject = {}, path = '/a'): RestTool => {
  const document: Json = {
    openapi: '3.0.3',
    ...more,
    paths: { [path]: { post: { operationId: 'a', ...operation } } },
  };
  const { tools, problems } = importOpenApi(document, { baseUrl: BASE });
  expect(problems).toEqual([]);
  if (tools[0] === undefined) throw new Error('no tool');
  return tools[0];
};

const problemOf = (operation: JsonObject, more: JsonObject = {}): string | undefined =>
  importOpenApi(
    { openapi: '3.0.3', ...more, paths: { '/a': { post: operation } } },
    { baseUrl: BASE },
  ).problems[0]?.message;

const parameter = (name: string, place: string, more: JsonObject = {}): JsonObject => ({
  name,
  in: place,
  schema: { type: 'string' },
  ...more,
});

const body = (type: string, schema: Json, more: JsonObject = {}): JsonObject => ({
  requestBody: { content: { [type]: { schema, ...more } } },
});

const namesOf = (paths: JsonObject, maxNameLength = 64): string[] =>
  importOpenApi({ openapi: '3.0.3', paths }, { baseUrl: BASE, maxNameLength }).tools.map(
    ({ name }) => name,
  );

describe('names of imported tools', () => {
  it('are the operationId with other characters replaced, or the method and the path', () => {
    const paths = {
      '/repos/{owner}': {
        parameters: [parameter('owner', 'path', { required: true })],
        get: { operationId: 'repos/get a-repo.v1' },
        delete: {},
        put: { operationId: '//' },
      },
    };
    expect(namesOf(paths)).toEqual([
      'repos_get_a-repo.v1',
      'put_repos_owner',
      'delete_repos_owner',
    ]);
  });

  it('end in a digest where they are too long or preferred twice, whatever the order', () => {
    const long = { '/a': { get: { operationId: 'x'.repeat(60) } } };
    expect(namesOf(long, 40)).toEqual([expect.stringMatching(/^x{31}_[0-9a-f]{8}$/)]);
    const one = { get: { operationId: 'a b' } };
    const other = { get: { operationId: 'a_b' } };
    const [first, second] = namesOf({ '/one': one, '/other': other });
    expect(second).toBe('a_b');
    expect(first).toMatch(/^a_b_[0-9a-f]{8}$/);
    expect(namesOf({ '/other': other, '/one': one })).toEqual(['a_b', first]);
  });

  it('of arguments stay in the first place that has them and name the place in the others', () => {
    const { inputSchema, operation } = imported(
      {
        parameters: [
          parameter('id', 'query'),
          parameter('id', 'path', { required: true }),
          parameter('id', 'header'),
        ],
        ...body('application/json', {
          type: 'object',
          properties: { id: { type: 'integer' }, text: { type: 'string' } },
        }),
      },
      {},
      '/a/{id}',
    );
    expect(Object.keys(inputSchema['properties'] as JsonObject).sort()).toEqual([
      'body_id',
      'header_id',
      'id',
      'query_id',
      'text',
    ]);
    expect(operation.parameters.map(({ in: place, argument }) => [place, argument])).toEqual([
      ['query', 'query_id'],
      ['path', 'id'],
      ['header', 'header_id'],
    ]);
  });

  it('leave an operation out where two arguments would still have one', () => {
    const parameters = [
      parameter('query_id', 'query'),
      parameter('id', 'query'),
      parameter('id', 'header'),
      parameter('header_id', 'query'),
    ];
    expect(problemOf({ parameters })).toMatch(/two of its arguments are named "header_id"/);
  });
});

describe('parameters', () => {
  it('that OpenAPI ignores are no arguments, required or not', () => {
    const parameters = ['Accept', 'content-type', 'Authorization'].map((name) =>
      parameter(name, 'header', { required: true }),
    );
    expect(imported({ parameters }).operation.parameters).toEqual([]);
  });

  it.each([
    'Host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'Cookie', 'Proxy-Authorization',
    'Gatehouse-Call-Id', 'X-Forwarded-For', 'X-HTTP-Method-Override', 'a b', 'a\r\nb',
  ])('in the header %j cannot be arguments', (name) => {
    expect(problemOf({ parameters: [parameter(name, 'header', { required: true })] })).toMatch(
      /which no argument may set/,
    );
    expect(imported({ parameters: [parameter(name, 'header')] }).operation.parameters).toEqual([]);
  }); // prettier-ignore

  it('in JSON are arguments of their schema', () => {
    const schema = { type: 'object', properties: { q: { type: 'string' } } };
    const content = { 'application/json': { schema } };
    const tool = imported({ parameters: [{ name: 'filter', in: 'query', content }] });
    expect(tool.inputSchema['properties']).toEqual({ filter: schema });
    expect(tool.operation.parameters[0]?.style).toBe('json');
  });
});

describe('bodies', () => {
  it.each<[string, Json]>([
    ['a list', { type: 'array', items: { type: 'string' } }],
    ['alternatives', { oneOf: [{ type: 'string' }, { type: 'object' }] }],
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }],
    ['an open object', { type: 'object', properties: { a: {} }, additionalProperties: true }],
    ['any object', { type: 'object' }],
  ])('that are %s are one argument', (_what, schema) => {
    const { inputSchema, operation } = imported(body('application/json', schema));
    expect(inputSchema['properties']).toEqual({ body: schema });
    expect(operation.body).toMatchObject({ format: 'json', argument: 'body', members: null });
  });

  it.each([
    ['application/merge-patch+json'],
    ['application/vnd.example.v2+json'],
    ['application/json; charset=utf-8'],
  ])('of the type %s are JSON and sent as that type', (type) => {
    const schema = { type: 'object', properties: { a: {} } };
    const { operation } = imported(body(type, schema));
    expect(operation.body).toMatchObject({ format: 'json', mediaType: type });
  });

  it('of a GET are not offered, and leave it out where they are required', () => {
    const get = (required: boolean) =>
      importOpenApi(
        {
          openapi: '3.0.3',
          paths: { '/a': { get: { requestBody: { required, content: { 'text/plain': {} } } } } },
        },
        { baseUrl: BASE },
      );
    expect(get(false).tools[0]?.operation.body).toBeNull();
    expect(get(true).problems[0]?.message).toMatch(/a GET with a body/);
  });

  it('in multipart have files as objects, and in another form scalars and objects', () => {
    const schema = {
      type: 'object',
      properties: {
        file: { type: 'string', format: 'binary' },
        more: { type: 'array', items: { type: 'string', format: 'binary' } },
        about: { type: 'object', properties: { a: { type: 'string' } } },
      },
      required: ['file'],
    };
    const { inputSchema, operation } = imported(body('multipart/form-data', schema));
    expect(inputSchema).toMatchObject({
      properties: {
        file: { type: 'object', required: ['data'] },
        more: { type: 'array', items: { type: 'object' } },
        about: { type: 'object' },
      },
      required: ['file'],
    });
    expect(operation.body?.members?.map(({ isFile, style }) => [isFile, style])).toEqual([
      [true, 'form'],
      [true, 'form'],
      [false, 'json'],
    ]);
  });
});

describe('schemas', () => {
  const components = {
    schemas: {
      Node: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'string', readOnly: true },
          name: { type: 'string' },
          children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
          either: { nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }] },
        },
      },
    },
  };

  it('that refer to themselves are definitions; what is only read is left out', () => {
    const schema = { type: 'array', items: { $ref: '#/components/schemas/Node' } };
    const { inputSchema } = imported(body('application/json', schema), { components });
    const node = { $ref: '#/$defs/Node' };
    expect(inputSchema).toMatchObject({ properties: { body: { items: node } } });
    expect(inputSchema['$defs']).toEqual({
      Node: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          children: { type: 'array', items: node },
          either: {
            anyOf: [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'null' }],
          },
        },
      },
    });
  });

  it('of a body may be a chain of references without end', () => {
    const loop = {
      components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } },
    }; // prettier-ignore
    expect(problemOf(body('application/json', { $ref: '#/components/schemas/A' }), loop)).toMatch(
      /leads back to itself/,
    );
  });
});

describe('servers of one operation', () => {
  const at = (url: string): JsonObject => ({ servers: [{ url }] });

  it('replace the path at the same host, and leave the operation out at another', () => {
    const general = at('https://api.example/v1');
    expect(imported(at('https://service.example/v2/')).operation.basePath).toBe('/v2');
    expect(imported(at('https://api.example/v1'), general).operation.basePath).toBeNull();
    expect(imported(at('https://api.example/v2'), general).operation.basePath).toBe('/v2');
    expect(problemOf(at('https://uploads.example/v1'), general)).toMatch(/another host/);
    expect(problemOf(at('http://service.example/v2'), general)).toMatch(/another host/);
  });
});

describe('Swagger 2.0', () => {
  const swagger = (operation: JsonObject, more: JsonObject = {}): RestTool | undefined =>
    importOpenApi(
      { swagger: '2.0', ...more, paths: { '/a': { post: operation } } },
      { baseUrl: BASE },
    ).tools[0];

  it('has its body, lists and answers converted', () => {
    const tool = swagger(
      {
        parameters: [
          { name: 'ids', in: 'query', type: 'array', items: { type: 'string' } },
          { name: 'tags', in: 'query', type: 'array', collectionFormat: 'multi', items: {} },
          { name: 'b', in: 'body', required: true, schema: { $ref: '#/definitions/B' } },
        ],
        responses: { 200: { schema: { type: 'string' } } },
      },
      {
        produces: ['application/pdf'],
        definitions: { B: { type: 'object', properties: { text: { type: 'string' } } } },
      },
    );
    expect(tool?.inputSchema['properties']).toEqual({
      ids: { type: 'array', items: { type: 'string' } },
      tags: { type: 'array', items: {} },
      text: { type: 'string' },
    });
    expect(tool?.operation.parameters.map(({ explode }) => explode)).toEqual([false, true]);
    expect(tool?.operation.accept).toBe('application/pdf');
  });

  it('has its forms and uploads converted', () => {
    const field = { name: 'text', in: 'formData', type: 'string', required: true };
    expect(swagger({ parameters: [field] })?.operation.body).toMatchObject({
      format: 'form',
      isRequired: true,
    });
    const upload = swagger({ parameters: [field, { name: 'f', in: 'formData', type: 'file' }] });
    expect(upload?.operation.body).toMatchObject({
      format: 'multipart',
      members: [{ isFile: false }, { isFile: true }],
    });
  });
});
