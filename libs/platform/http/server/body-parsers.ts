import { DomainError, isUtf8Type, MAX_JSON_DEPTH } from '#libs/platform/kernel';
import express, { type RequestHandler } from 'express';
import { BodyError } from '../errors.js';
import type { Protocol } from './protocol.js';

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a body comes with the request. */
export const hasBody = (headers: Record<string, unknown>): boolean =>
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
    // The parsers behind this one know only one spelling of UTF-8, and other charsets.
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

const PARSERS = {
  json: (type: string[], limit: number) => express.json({ limit, strict: false, type }),
  form: (type: string[], limit: number) => express.urlencoded({ limit, extended: false, type }),
  text: (type: string[], limit: number) => express.text({ limit, type }),
} as const;

type BodyForm = Pick<Protocol, 'body' | 'mediaTypes'>;

/** The form of the body at an address where no protocol says another one. */
export const OWN_FORM: BodyForm = { body: 'json', mediaTypes: ['application/json'] };

/** Parses a body of at most `limit` bytes in this form, and rejects any other. */
export const parserOf = ({ body, mediaTypes }: BodyForm, limit: number): RequestHandler =>
  express.Router().use(onlyTypes(mediaTypes), PARSERS[body]([...mediaTypes], limit), sane);
