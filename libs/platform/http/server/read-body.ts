import { DomainError, isUtf8Type, MAX_JSON_DEPTH } from '#libs/platform/kernel';
import express, { type RequestHandler } from 'express';
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
      throw new DomainError(
        'invalid_input',
        `The body is nested more than ${MAX_JSON_DEPTH} levels deep: flatten it.`,
      );
    for (const object of objects) {
      const key = Array.isArray(object)
        ? undefined
        : Object.keys(object).find((name) => FORBIDDEN_KEYS.has(name));
      if (key !== undefined)
        throw new DomainError('invalid_input', `The body has a key named ${key}: remove it.`);
    }
    level = objects.flatMap(children);
  }
  next();
};

const READERS = {
  json: (type: string[]) => express.json({ limit: MAX_BYTES, strict: false, type }),
  form: (type: string[]) => express.urlencoded({ limit: MAX_BYTES, extended: false, type }),
  text: (type: string[]) => express.text({ limit: MAX_BYTES, type }),
} as const;

const readerOf = ({ body, mediaTypes }: Pick<Protocol, 'body' | 'mediaTypes'>): RequestHandler =>
  express.Router().use(onlyTypes(mediaTypes), READERS[body]([...mediaTypes]), sane);

/**
 * Reads bodies up to 1 MB and 64 levels (invariant G11) in the form that is spoken at their address:
 * JSON, unless a protocol says otherwise. Anything else is rejected, not skipped.
 */
export const readBody = (protocols: readonly Protocol[]): RequestHandler => {
  const own = readerOf({ body: 'json', mediaTypes: ['application/json'] });
  const readers = new Map(protocols.map((protocol) => [protocol, readerOf(protocol)]));
  return (request, response, next) => {
    const protocol = protocolAt(protocols, request.path);
    const reader = protocol === undefined ? own : readers.get(protocol);
    void (reader ?? own)(request, response, next);
  };
};
