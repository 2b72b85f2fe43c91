import type { Json, JsonObject } from '#libs/platform/kernel';
import { describe, expect, it } from 'vitest';

import { importOpenApi as importDocument } from './import-open-api.js';

const importOpenApi = (input: Json) =>
  importDocument(input, { baseUrl: 'https://service.example/api' });

const document = (operation: Json, more: JsonObject = {}, path = '/tickets/{ticket}'): Json => ({
  openapi: '3.1.0',
  paths: { [path]: { post: operation } },
  ...more,
});

const TICKET = { name: 'ticket', in: 'path', required: true, schema: { type: 'string' } };
const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
const BODY = json({ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] });
const REPLY = { operationId: 'reply', parameters: [TICKET], requestBody: BODY };

const query = (schema: Json, more: JsonObject = {}): JsonObject => ({
  name: 'q',
  in: 'query',
  schema,
  ...more,
});

describe('importing an OpenAPI document', () => {
  it('makes one tool of an operation, with all its arguments side by side', () => {
    const notify = {
      name: 'notify',
      in: 'query',
      description: 'Whom.',
      schema: { type: 'array', items: { type: 'string' } },
    };
    const operation = {
      ...REPLY,
      summary: 'Reply',
      description: 'Replies to it.',
      parameters: [notify],
    };
    const found = importOpenApi({
      openapi: '3.1.0',
      paths: { '/tickets/{ticket}': { parameters: [TICKET], post: operation } },
    });
    expect(found).toEqual({
      problems: [],
      tools: [
        {
          name: 'reply',
          title: 'Reply',
          description: 'Replies to it.',
          inputSchema: {
            type: 'object',
            properties: {
              ticket: { type: 'string' },
              notify: { type: 'array', items: { type: 'string' }, description: 'Whom.' },
              text: { type: 'string' },
            },
            required: ['ticket', 'text'],
            additionalProperties: false,
          },
          annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
          classification: 'write',
          operation: {
            method: 'POST',
            path: '/tickets/{ticket}',
            basePath: null,
            parameters: [
              { argument: 'ticket', name: 'ticket', in: 'path', style: 'simple', explode: false },
              { argument: 'notify', name: 'notify', in: 'query', style: 'form', explode: true },
            ],
            body: {
              format: 'json',
              mediaType: 'application/json',
              isRequired: false,
              argument: null,
              members: [
                {
                  argument: 'text',
                  name: 'text',
                  style: 'json',
                  explode: false,
                  isFile: false,
                  mediaType: null,
                },
              ],
            },
            accept: 'application/json',
          },
        },
      ],
    });
  });

  it('suggests a classification by method, and the document’s own word wins', () => {
    const paths = {
      '/a': {
        get: { operationId: 'get' },
        head: { operationId: 'head' },
        put: { operationId: 'put' },
        patch: { operationId: 'patch' },
        delete: { operationId: 'delete' },
        post: { operationId: 'search', 'x-gatehouse-classification': 'read' },
      },
    };
    const { tools, problems } = importOpenApi({ openapi: '3.0.3', paths });
    expect(problems).toEqual([]);
    expect(
      tools.map(({ name, classification, annotations }) => [
        name,
        classification,
        annotations['readOnlyHint'],
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['get', 'read', true],
        ['head', 'read', true],
        ['put', 'write', false],
        ['patch', 'write', false],
        ['delete', 'destructive', false],
        ['search', 'read', true],
      ]),
    );
  });

  it('inlines local references and translates 3.0’s nullable and exclusive bounds', () => {
    const { tools, problems } = importOpenApi({
      openapi: '3.0.3',
      paths: {
        '/a': { post: { operationId: 'a', requestBody: { $ref: '#/components/requestBodies/A' } } },
      },
      components: {
        requestBodies: { A: json({ $ref: '#/components/schemas/a~1b' }) },
        schemas: {
          'a/b': {
            allOf: [{ $ref: '#/components/schemas/base' }],
            properties: {
              kind: { type: 'string', enum: ['x'], nullable: true, example: 'x' },
              amount: { type: 'number', minimum: 0, exclusiveMinimum: true },
              link: { $ref: '#/components/schemas/link' },
              seen: { type: 'string', readOnly: true },
            },
          },
          base: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
          link: { nullable: true, allOf: [{ type: 'string', default: { $ref: 'just a value' } }] },
        },
      },
    });
    expect(problems).toEqual([]);
    expect(tools[0]?.inputSchema).toMatchObject({
      properties: {
        id: { type: 'string' },
        kind: { type: ['string', 'null'], enum: ['x', null] },
        amount: { type: 'number', exclusiveMinimum: 0 },
        link: {
          anyOf: [
            { allOf: [{ type: 'string', default: { $ref: 'just a value' } }] },
            { type: 'null' },
          ],
        },
      },
      required: ['id'],
    });
    const members = tools[0]?.operation.body?.members?.map(({ name }) => name);
    expect(members).toEqual(['id', 'kind', 'amount', 'link']);
  });

  const header = { name: 'Host', in: 'header', required: true, schema: { type: 'string' } };
  const nest = (levels: number): Json =>
    levels === 0 ? {} : { type: 'array', items: nest(levels - 1) };
  const wide = {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 10_001 }, (_, index) => [`p${String(index)}`, {}]),
    ),
  };

  it.each<[string, Json, RegExp]>([
    [
      'requires a header that is ours',
      document({ ...REPLY, parameters: [TICKET, header] }),
      /the header "Host"/,
    ],
    ['does not describe its path', document({ ...REPLY, parameters: [] }), /\{ticket\}/],
    [
      'describes a path parameter that is not there',
      document(REPLY, {}, '/tickets'),
      /not in its path/,
    ],
    ['climbs out of its path', document({ operationId: 'a' }, {}, '/a/../b'), /"\.\."/],
    ['hides a climb in its path', document({ operationId: 'a' }, {}, '/a/%2e%2e/b'), /plain path/],
    ['has a query in its path', document({ operationId: 'a' }, {}, '/a?b=c'), /plain path/],
    [
      'refers to another document',
      document({ ...REPLY, requestBody: json({ $ref: 'https://evil.example/s.json' }) }),
      /outside/,
    ],
    [
      'refers to nothing',
      document({ ...REPLY, requestBody: json({ $ref: '#/components/x' }) }),
      /nowhere/,
    ],
    ['is too deep', document({ ...REPLY, requestBody: json(nest(70)) }), /deeper/],
    ['is too large', document({ ...REPLY, requestBody: json(wide) }), /larger/],
    [
      'has a classification that is none',
      document({ ...REPLY, 'x-gatehouse-classification': 'safe' }),
      /x-gatehouse/,
    ],
    [
      'has an argument with an unsafe name',
      document({ ...REPLY, parameters: [TICKET, { ...query({}), name: '__proto__' }] }),
      /unsafe/,
    ],
  ])('leaves an operation out, saying why, when it %s', (_name, input, message) => {
    const { tools, problems } = importOpenApi(input);
    expect(tools).toEqual([]);
    expect(problems).toEqual([
      {
        path: expect.stringContaining('paths./') as string,
        message: expect.stringMatching(message) as string,
      },
    ]);
  });

  it('keeps the rest when one operation is left out', () => {
    const { tools, problems } = importOpenApi({
      openapi: '3.1.0',
      paths: {
        '/a': { get: { operationId: 'a' }, trace: { operationId: 'b' } },
        '/c': { get: { operationId: 'a' } },
      },
    });
    expect(tools.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^a_[0-9a-f]{8}$/) as string,
      expect.stringMatching(/^a_[0-9a-f]{8}$/) as string,
    ]);
    expect(problems.map(({ path }) => path)).toEqual(['paths./a.trace']);
  });

  it.each([
    null,
    [],
    'x',
    {},
    { swagger: '1.2', paths: {} },
    { openapi: '3.2.0', paths: {} },
    { openapi: '3.1.0' },
  ])('rejects %j as a whole', (input) => {
    expect(importOpenApi(input)).toMatchObject({
      tools: [],
      problems: [{ message: expect.any(String) as string }],
    });
  });
});
