import {
  Catch,
  Inject,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { DomainError } from '#libs/platform/kernel';
import { currentTraceId, type Logger } from '#libs/platform/telemetry';
import type { Request, Response } from 'express';
import { RouteTable } from '../routes/route-table.js';
import { HTTP_LOGGER } from '../server/http-logger.js';
import { HTTP_OPTIONS, type HttpOptions } from '../server/http-options.js';
import { protocolAt } from '../server/protocol.js';
import { AcceptedError } from './accepted.js';
import { asDomainError } from './as-domain-error.js';
import { problemOf } from './problem.js';

const INTERNAL =
  'Something went wrong on our side: try again, and tell us the trace id if it stays.';

/** Turns whatever goes wrong on a request into RFC 9457 problem details, and logs what should not. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    @Inject(HTTP_LOGGER) private readonly logger: Logger,
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (thrown instanceof AcceptedError) {
      response.status(202).set('Cache-Control', 'no-store').json(thrown.body);
      return;
    }
    const error = this.wrongMethod(thrown, request, response) ?? this.known(thrown, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // What is left of a body that nobody read cannot be told from the next request.
    if (!request.complete) response.set('Connection', 'close');
    const protocol = protocolAt(this.options.protocols, request.path);
    if (protocol !== undefined) {
      const { status, headers, body } = protocol.answer(thrown, error);
      response.status(status).set('Cache-Control', 'no-store').set(headers).send(body);
      return;
    }
    const problem = problemOf(error, currentTraceId());
    response
      .status(problem.status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  }

  private wrongMethod(thrown: unknown, request: Request, response: Response) {
    if (!(thrown instanceof NotFoundException)) return undefined;
    const methods = this.routes.methodsAt(request.path);
    if (methods.length === 0) return undefined;
    response.set('Allow', methods.join(', '));
    return new DomainError(
      'method_not_allowed',
      `This address takes ${methods.join(', ')}: use one of these methods.`,
    );
  }

  private known(thrown: unknown, request: Request): DomainError {
    const error = asDomainError(thrown);
    if (error !== undefined && error.code !== 'internal') {
      if (error.code === 'unavailable')
        this.logger.error({ method: request.method, detail: error.message }, 'not available');
      return error;
    }
    // The route's pattern and not the address: a query string may carry a sign-in code.
    const route = (request.route as { path?: string } | undefined)?.path ?? 'unknown';
    this.logger.error(
      { err: thrown, method: request.method, route },
      'a request failed unexpectedly',
    );
    return new DomainError('internal', INTERNAL);
  }
}
