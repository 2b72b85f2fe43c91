import type { RequestListener } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { startValidation } from '#libs/engine/policy';
import { ClockWatch } from '#libs/platform/db';
import { createHttpApp } from '#libs/platform/http';
import { consoleSessions, secureContext } from '#libs/trust/sign-in';
import { DomainError } from '#libs/platform/kernel';
import type { ApiDeps } from './api-deps.js';
import { consoleAssets, consolePage, toPublicOrigin } from './console-files.js';
import { localMetrics } from './metrics.js';
import { OpenApiDocument } from './openapi-document.js';
import { buildOpenApi } from './openapi.js';
import { PROTOCOLS } from './protocols.js';
import { RootModule } from './root.module.js';

/** The API, ready to answer. */
export interface Api {
  handler: RequestListener;
  app: NestExpressApplication;
  close(): Promise<void>;
}

/**
 * Makes the API of what the process provides; it listens nowhere by itself.
 * @throws when sign-in is not set up, or a route leaves something undeclared.
 */
export const createApi = async (deps: ApiDeps): Promise<Api> => {
  const { config, logger, consoleDir } = deps;
  if (config.signIn === null)
    throw new DomainError(
      'internal',
      'The API needs sign-in: set SIGN_IN_ISSUER and its companions.',
    );
  const validation = startValidation();
  const clock = new ClockWatch(deps.db, deps.machineClock ?? deps.runtime.clock);
  await clock.start();
  const sessions = consoleSessions(config.signIn, config.databaseUrl, logger);
  const { app, handler } = await createHttpApp(RootModule.with(deps, clock), {
    ...config,
    protocols: PROTOCOLS,
    logger,
    before: [
      toPublicOrigin(config.publicUrl),
      localMetrics(config),
      consoleAssets(consoleDir),
      consolePage(consoleDir),
      secureContext(config.publicUrl),
      sessions.handler,
    ],
  });
  await validation;
  app.get(OpenApiDocument).from(() => buildOpenApi(app));
  const close = async () => {
    clock.stop();
    await app.close();
    await sessions.close();
  };
  return { handler, app, close };
};
