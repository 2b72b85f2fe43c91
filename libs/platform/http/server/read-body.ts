import { DomainError, isUtf8Type, MAX_JSON_DEPTH } from '#libs/platform/kernel';
import { BodyBudget, BodyBudgetError, sendContinue } from '#libs/platform/listen';
import { HttpException } from '@nestjs/common';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { BodyError } from '../errors.js';
import { protocolAt, type Protocol } from './protocol.js';

/** Who sends a body, as far as that is known before it is read. */
export type BodySender = 'anybody' | 'authenticated';

const MAX_BYTES: Readonly<Record<BodySender, number>> = {
  // Invariant G21.
  anybody: 16_384,
  authenticated: 1_048_576,
};
// What is kept of bodies that are still coming in, over all connections; nobody uses up another's part.
const KEPT_BYTES: Readonly<Record<BodySender, number>> = {
  anybody: 8 * 1_048_576,
  authenticated: 128 * 1_048_576,
};
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const hasBody = (headers: Record<string, unknown>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const onlyTypes =
  (mediaTypes: readonly string[]): RequestHandler =>
  (request, _response, next) => {
    if (hasBody(request.headers) && !request.is([...mediaTypes]))
      throw new DomainError(
        'unsupported_media_type',
        `Send the body with Content-Type: ${mediaTypes.join(' or ')}.`,
      );
    const { 'content-type': contentType = '' } = request.headers;
    if (!isUtf8Type(contentType))
      throw new DomainError('unsupported_media_type', 'Send the body in UTF-8.');
    // The readers behind this one know only one spelling of UTF-8, and other charsets.
    request.headers['content-type'] = contentType.replace(/;.*$/s, '').trim();
    next();
  };

const children = (value: object): unknown[] =>
  Array.isArray(value) ? value : Object.values(value as Record<string, unknown>);

// Level by level instead of recursively: a deep body must not be able to exhaust the stack.
const sane: RequestHandler = (request, _response, next) => {
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    const objects = level.filter(
      (value): value is object => typeof value === 'object' && value !== null,
    );
    if (objects.length > 0 && depth >= MAX_JSON_DEPTH)
      throw new BodyError(
        `The body is nested more than ${MAX_JSON_DEPTH} levels deep: flatten it.`,
      );
    for (const object of objects) {
      const key = Array.isArray(object)
        ? undefined
        : Object.keys(object).find((name) => FORBIDDEN_KEYS.has(name));
      if (key !== undefined) throw new BodyError(`The body has a key named ${key}: remove it.`);
    }
    level = objects.flatMap(children);
  }
  next();
};

const READERS = {
  json: (type: string[], limit: number) => express.json({ limit, strict: false, type }),
  form: (type: string[], limit: number) => express.urlencoded({ limit, extended: false, type }),
  text: (type: string[], limit: number) => express.text({ limit, type }),
} as const;

type Spoken = Pick<Protocol, 'body' | 'mediaTypes'>;

const OWN: Spoken = { body: 'json', mediaTypes: ['application/json'] };

const readerOf = ({ body, mediaTypes }: Spoken, limit: number): RequestHandler =>
  express.Router().use(onlyTypes(mediaTypes), READERS[body]([...mediaTypes], limit), sane);

const tooLarge = (limit: number): DomainError =>
  new DomainError(
    'payload_too_large',
    `The body is larger than ${limit >= 1_048_576 ? `${limit / 1_048_576} MB` : `${limit / 1024} KB`}: send less at once.`,
  );

// Nest does the same with what Express's own middleware throws.
const asThrown = (error: unknown, limit: number): unknown => {
  if (error instanceof DomainError) return error;
  if (error instanceof BodyBudgetError) return new DomainError('unavailable', error.message);
  const { type, status, message } = error as { type?: string; status?: number; message: string };
  if (type === 'entity.too.large') return tooLarge(limit);
  return status === undefined ? error : new HttpException(message, status, { cause: error });
};

/**
 * Reads bodies up to 1 MB and 64 levels (invariant G11) in the form that is spoken at their address: JSON,
 * unless a protocol says otherwise. Anything else is rejected, not skipped. A body is read once it is known
 * whose it is; one that has to say so itself is small (invariant G21).
 */
export class BodyReader {
  readonly #readers: Readonly<Record<BodySender, (path: string) => RequestHandler>>;
  readonly #budgets = {
    anybody: new BodyBudget(KEPT_BYTES.anybody),
    authenticated: new BodyBudget(KEPT_BYTES.authenticated),
  };

  constructor(private readonly protocols: readonly Protocol[]) {
    const readersFor = (sender: BodySender) => {
      const own = readerOf(OWN, MAX_BYTES[sender]);
      const readers = new Map(protocols.map((it) => [it, readerOf(it, MAX_BYTES[sender])]));
      return (path: string): RequestHandler => {
        const protocol = protocolAt(protocols, path);
        return (protocol && readers.get(protocol)) ?? own;
      };
    };
    this.#readers = { anybody: readersFor('anybody'), authenticated: readersFor('authenticated') };
  }

  /** Reads the request's body into `request.body`; idempotent. */
  async read(request: Request, response: Response, sender: BodySender): Promise<void> {
    if (request.body !== undefined || isReadLater(request, sender, this.protocols)) return;
    const limit = MAX_BYTES[sender];
    let received = 0;
    try {
      if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
      if (hasBody(request.headers)) sendContinue(request);
      await this.#budgets[sender].spend((count) =>
        readCounted(request, response, this.#readers[sender](request.path), (bytes) => {
          received += bytes;
          // At once: the reader behind this one would first wait for the body's end.
          if (received > limit) throw tooLarge(limit);
          count(bytes);
        }),
      );
    } catch (error) {
      throw asThrown(error, limit);
    }
  }
}

const readCounted = (
  request: Request,
  response: Response,
  reader: RequestHandler,
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
    if (hasBody(request.headers)) request.on('data', onData);
    void reader(request, response, (error?: unknown) => {
      request.off('data', onData);
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

/** Reads a body that may be large, once its sender is known. */
export const readLargeBody = (
  protocol: Protocol,
  limit: number,
  request: Request,
  response: Response,
): Promise<void> =>
  new Promise((resolve, reject) => {
    sendContinue(request);
    void readerOf(protocol, limit)(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- whatever the parser found
      else reject(error);
    });
  });
