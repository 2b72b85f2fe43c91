import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { DynamicModule, Type } from '@nestjs/common';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from '#libs/platform/telemetry';
import { routesOfApplication } from '../routes/api-route.js';
import { assertDeclared } from '../routes/undeclared.js';
import { hostAndOrigin } from './host-and-origin.js';
import type { HttpOptions } from './http-options.js';
import { nestLogger } from './nest-logger.js';
import { securityHeaders } from './security-headers.js';
import { storableQuery } from './storable-query.js';
import { traceRequests } from './trace-requests.js';
import { trailingSlash } from './trailing-slash.js';

/** A Nest application and the handler that serves it. */
export interface HttpApp {
  app: NestExpressApplication;
  handler: Express;
}

/**
 * Puts a module (which imports {@link HttpModule}) on Express, behind everything that holds for every
 * request. `before` runs after the checks of Host and Origin. The access guard has the body read.
 * @throws when a route leaves its access, a parameter or its answer undeclared.
 */
export const createHttpApp = async (
  root: Type | DynamicModule,
  options: HttpOptions & { logger: Logger; before?: readonly RequestHandler[] },
): Promise<HttpApp> => {
  const handler = express();
  // Before the first `use`, which fixes them: one address is one spelling.
  handler.enable('case sensitive routing').enable('strict routing').disable('etag');
  handler.use(traceRequests(), ...securityHeaders(options.publicUrl), hostAndOrigin(options));
  if (options.before !== undefined && options.before.length > 0) handler.use(...options.before);
  handler.use(trailingSlash(options), storableQuery());
  const app = await NestFactory.create<NestExpressApplication>(root, new ExpressAdapter(handler), {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(options.logger),
  });
  assertDeclared(routesOfApplication(app));
  await app.init();
  return { app, handler };
};
