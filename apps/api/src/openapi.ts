import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemSchema, routesOfApplication, type ApiRoute } from '#libs/platform/http';
import { OpenApiSchemas } from './openapi-schemas.js';

const DESCRIPTION = [
  'The REST API of the Gatehouse console and of automation.',
  'Errors are RFC 9457 problem details with a stable `code`.',
  'A write carries `X-CSRF-Token` (from GET /api/v1/session) and the Origin of the installation.',
].join(' ');

const SESSION = 'session';

const base = () =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Gatehouse API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addServer('/')
    .addCookieAuth('__Host-gatehouse', { type: 'apiKey', in: 'cookie' }, SESSION)
    .build();

const verbOf = (method: string) => method.toLowerCase() as 'get' | 'post';

/** What holds for every operation and no controller should have to repeat. */
const complete = (document: OpenAPIObject, route: ApiRoute): void => {
  const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
  const operation = document.paths[path]?.[verbOf(route.method)];
  if (operation === undefined) return;
  operation.responses['default'] = { $ref: '#/components/responses/Problem' };
  // Machines show what their own standard asks for, never a session.
  if (route.access?.kind === 'public' || route.access?.kind === 'machine') return;
  operation.security = [{ [SESSION]: [] }];
  if (route.access?.kind === 'permission') {
    const { action, subject } = route.access.permission;
    Object.assign(operation, { 'x-permission': `${action} ${subject}` });
  }
  if (route.method !== 'GET')
    operation.parameters = [
      ...(operation.parameters ?? []),
      { name: 'X-CSRF-Token', in: 'header', required: true, schema: { type: 'string' } },
    ];
};

/** The OpenAPI 3.1 document of the application's routes, from the schemas that validate them. */
export const buildOpenApi = (app: INestApplication): OpenAPIObject => {
  const schemas = new OpenApiSchemas();
  const document = SwaggerModule.createDocument(app, base(), {
    standardSchemaConverter: (schema, { schemaType }) => schemas.convert(schema, schemaType),
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').toLowerCase()}.${method}`,
  });
  const problem = schemas.convert(problemSchema, 'output');
  const schema = problem?.schema ?? {};
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...problem?.components },
    responses: {
      Problem: {
        description: 'What went wrong, and what to do next.',
        content: { 'application/problem+json': { schema } },
      },
    },
  };
  for (const route of routesOfApplication(app)) complete(document, route);
  return document;
};
