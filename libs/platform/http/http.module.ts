import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { Logger } from '#libs/platform/telemetry';
import { AccessGuard } from './access/access.guard.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { AnswerInterceptor } from './routes/answer.interceptor.js';
import { LargeBodyInterceptor } from './routes/large-body.interceptor.js';
import { RouteTable } from './routes/route-table.js';
import { SchemaPipe } from './routes/schema.pipe.js';
import { HTTP_LOGGER } from './server/http-logger.js';
import { BodyReader } from './server/read-body.js';
import { HTTP_OPTIONS, type HttpOptions } from './server/http-options.js';

/** Everything that holds for every route: who may come, what fits, what is answered, what is said. */
@Module({})
export class HttpModule {
  /** An {@link Authenticator} must be provided globally beside it. */
  static forRoot(options: HttpOptions, logger: Logger): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      providers: [
        RouteTable,
        { provide: HTTP_OPTIONS, useValue: options },
        { provide: HTTP_LOGGER, useValue: logger },
        { provide: BodyReader, useValue: new BodyReader(options.protocols) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useClass: SchemaPipe },
        { provide: APP_INTERCEPTOR, useClass: LargeBodyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [HTTP_OPTIONS, HTTP_LOGGER, RouteTable],
    };
  }
}
