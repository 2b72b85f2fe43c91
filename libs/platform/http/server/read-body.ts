import { DomainError } from '#libs/platform/kernel';
import {
  BodyBudget,
  BodyBudgetError,
  MAX_BODY_BYTES,
  MAX_KEPT_BODY_BYTES,
  sendContinue,
} from '#libs/platform/listen';
import { HttpException } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { BodyError, bodyTooLarge } from '../errors.js';
import { hasBody, OWN_FORM, parserOf } from './body-parsers.js';
import { protocolAt, type Protocol } from './protocol.js';

/** Who sends a body, as far as that is known before it is read. */
export type BodySender = 'anybody' | 'authenticated';

const MAX_BYTES: Readonly<Record<BodySender, number>> = {
  // Invariant G21.
  anybody: 16_384,
  authenticated: MAX_BODY_BYTES,
};
// What is kept of bodies that are still coming in, over all connections; nobody uses up another's part.
const KEPT_BYTES: Readonly<Record<BodySender, number>> = {
  anybody: 8 * MAX_BODY_BYTES,
  authenticated: MAX_KEPT_BODY_BYTES,
};

// Nest does the same with what Express's own middleware throws.
const asThrown = (error: unknown): unknown => {
  if (error instanceof DomainError) return error;
  if (error instanceof BodyBudgetError) return new DomainError('unavailable', error.message);
  const { status, message } = error as { status?: number; message: string };
  return status === undefined ? error : new HttpException(message, status, { cause: error });
};

/**
 * Reads bodies up to 1 MB and 64 levels (invariant G11) in the form that is spoken at their address: JSON,
 * unless a protocol says otherwise. Anything else is rejected, not skipped. A body is read once it is known
 * whose it is; one that has to say so itself is small (invariant G21).
 */
export class BodyReader {
  readonly #parsers: Readonly<Record<BodySender, (path: string) => RequestHandler>>;
  readonly #budgets = {
    anybody: new BodyBudget(KEPT_BYTES.anybody),
    authenticated: new BodyBudget(KEPT_BYTES.authenticated),
  };

  constructor(private readonly protocols: readonly Protocol[]) {
    const parsersFor = (sender: BodySender) => {
      const own = parserOf(OWN_FORM, MAX_BYTES[sender]);
      const parsers = new Map(protocols.map((it) => [it, parserOf(it, MAX_BYTES[sender])]));
      return (path: string): RequestHandler => {
        const protocol = protocolAt(protocols, path);
        return (protocol && parsers.get(protocol)) ?? own;
      };
    };
    this.#parsers = { anybody: parsersFor('anybody'), authenticated: parsersFor('authenticated') };
  }

  /** Reads the request's body into `request.body`; idempotent. What may be large is left to {@link readLarge}. */
  async read(request: Request, response: Response, sender: BodySender): Promise<void> {
    if (request.body !== undefined || isReadLater(request, sender, this.protocols)) return;
    const parser = this.#parsers[sender](request.path);
    await this.#readWithin(MAX_BYTES[sender], sender, parser, request, response);
  }

  /** Reads a body that may be large, once its sender is known. */
  async readLarge(
    protocol: Protocol,
    limit: number,
    request: Request,
    response: Response,
  ): Promise<void> {
    const parser = parserOf(protocol, limit);
    await this.#readWithin(limit, 'authenticated', parser, request, response);
  }

  async #readWithin(
    limit: number,
    sender: BodySender,
    parser: RequestHandler,
    request: Request,
    response: Response,
  ): Promise<void> {
    assertSenderIsThere(request);
    // How much it becomes is not known before it is there.
    const isPacked = isCompressed(request);
    let received = 0;
    try {
      if (Number(request.headers['content-length'] ?? 0) > limit) throw bodyTooLarge(limit);
      if (hasBody(request.headers)) sendContinue(request);
      await this.#budgets[sender].spend((count) => {
        if (isPacked) count(limit);
        return readCounted(request, response, parser, (bytes) => {
          received += bytes;
          // At once: the parser would first wait for the body's end.
          if (received > limit) throw bodyTooLarge(limit);
          if (!isPacked) count(bytes);
        });
      });
    } catch (error) {
      throw asThrown(error);
    }
  }
}

/** Whether a body becomes another one, whose size is known only at its end. */
export const isCompressed = ({ headers }: Request): boolean =>
  (headers['content-encoding'] ?? 'identity') !== 'identity';

const incomplete = (): BodyError =>
  new BodyError('The request ended before its body was complete.');

/** Its sender may have gone while it was found out who it is: then nothing ends what is begun for it. */
export const assertSenderIsThere = (request: Request): void => {
  if (request.destroyed && !request.complete) throw incomplete();
};

const readCounted = (
  request: Request,
  response: Response,
  parser: RequestHandler,
  count: (bytes: number) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      try {
        count(chunk.byteLength);
      } catch (error) {
        request.pause();
        reject(error);
      }
    };
    // What unpacks a compressed body is told of its end, and not that its sender has gone.
    const onClose = (): void => {
      if (!request.complete) reject(incomplete());
    };
    request.once('close', onClose);
    if (hasBody(request.headers)) request.on('data', onData);
    void parser(request, response, (error?: unknown) => {
      request.off('data', onData);
      request.off('close', onClose);
      if (error === undefined) resolve();
      else reject(error);
    });
  });

// What may be large is read behind the guards (LargeBodyInterceptor).
const isReadLater = (
  { method, path }: Request,
  sender: BodySender,
  protocols: readonly Protocol[],
): boolean =>
  sender === 'authenticated' &&
  protocolAt(protocols, path)?.largeBody?.(method, path) !== undefined;
