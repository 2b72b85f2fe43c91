import { DomainError, isUtf8Type, MAX_JSON_DEPTH } from '#libs/platform/kernel';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { BodyError } from '../errors.js';
import { protocolAt, type Protocol } from './protocol.js';

const MAX_BYTES = 1_048_576;
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
  json: (limit: number, type: string[]) => express.json({ limit, strict: false, type }),
  form: (limit: number, type: string[]) => express.urlencoded({ limit, extended: false, type }),
  text: (limit: number, type: string[]) => express.text({ limit, type }),
} as const;

const readerOf = (
  { body, mediaTypes }: Pick<Protocol, 'body' | 'mediaTypes'>,
  limit = MAX_BYTES,
): RequestHandler =>
  express.Router().use(onlyTypes(mediaTypes), READERS[body](limit, [...mediaTypes]), sane);

/**
 * Reads bodies up to 1 MB and 64 levels (invariant G11) in the form that is spoken at their address:
 * JSON, unless a protocol says otherwise. Anything else is rejected, not skipped.
 */
export const readBody = (protocols: readonly Protocol[]): RequestHandler => {
  const own = readerOf({ body: 'json', mediaTypes: ['application/json'] });
  const readers = new Map(protocols.map((protocol) => [protocol, readerOf(protocol)]));
  return (request, response, next) => {
    const protocol = protocolAt(protocols, request.path);
    if (protocol?.largeBody?.(request.method, request.path) !== undefined) {
      next();
      return;
    }
    const reader = protocol === undefined ? own : readers.get(protocol);
    void (reader ?? own)(request, response, next);
  };
};

/** Reads a body that may be large, once its sender is known. */
export const readLargeBody = (
  protocol: Protocol,
  limit: number,
  request: Request,
  response: Response,
): Promise<void> =>
  new Promise((resolve, reject) => {
    void readerOf(protocol, limit)(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- whatever the parser found
      else reject(error);
    });
  });
