import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { DomainError } from '#libs/platform/kernel';
import { MAX_BODY_BYTES } from '#libs/platform/listen';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { HTTP_OPTIONS, type HttpOptions } from '../server/http-options.js';
import { protocolAt } from '../server/protocol.js';
import { assertSenderIsThere, BodyReader, isCompressed } from '../server/read-body.js';

/** So many large bodies are read and worked on at once; each is a few megabytes until its answer is sent. */
const MAX_AT_ONCE = 4;

/** Reads what may be large after the access guard has admitted its sender, and only so many of them at once. */
@Injectable()
export class LargeBodyInterceptor implements NestInterceptor {
  #open = 0;

  constructor(
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
    private readonly bodies: BodyReader,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const protocol = protocolAt(this.options.protocols, request.path);
    const limit = protocol?.largeBody?.(request.method, request.path);
    if (protocol === undefined || limit === undefined) return next.handle();
    const response = http.getResponse<Response>();
    assertSenderIsThere(request);
    // One that is announced to be no larger than others is as any other body.
    const isSmall = Number(request.headers['content-length']) <= MAX_BODY_BYTES;
    if (!isSmall || isCompressed(request)) this.#take(response);
    await this.bodies.readLarge(protocol, limit, request, response);
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
