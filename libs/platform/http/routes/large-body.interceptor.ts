import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { DomainError } from '#libs/platform/kernel';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { HTTP_OPTIONS, type HttpOptions } from '../server/http-options.js';
import { protocolAt } from '../server/protocol.js';
import { readLargeBody } from '../server/read-body.js';

/** So many large bodies are read and worked on at once; each is a few megabytes until its answer is sent. */
const MAX_AT_ONCE = 4;
/** What is not announced to be larger than this is as any other body. */
const LARGE_BYTES = 1_048_576;

/** Reads what may be large after the access guard has admitted its sender, and only so many of them at once. */
@Injectable()
export class LargeBodyInterceptor implements NestInterceptor {
  #open = 0;

  constructor(@Inject(HTTP_OPTIONS) private readonly options: HttpOptions) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const protocol = protocolAt(this.options.protocols, request.path);
    const limit = protocol?.largeBody?.(request.method, request.path);
    if (protocol === undefined || limit === undefined) return next.handle();
    const response = http.getResponse<Response>();
    if (!(Number(request.headers['content-length']) <= LARGE_BYTES)) this.#take(response);
    await readLargeBody(protocol, limit, request, response);
    return next.handle();
  }

  #take(response: Response): void {
    if (this.#open >= MAX_AT_ONCE) {
      response.set('Retry-After', '1');
      throw new DomainError(
        'unavailable',
        'Several large requests are being worked on: send this one again in a moment.',
      );
    }
    this.#open += 1;
    response.once('close', () => {
      this.#open -= 1;
    });
  }
}
