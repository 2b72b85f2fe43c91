import { DomainError } from '#libs/kernel';
import express, { type RequestHandler } from 'express';

const MAX_BYTES = 1_048_576;
const MAX_DEPTH = 64;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const hasBody = (headers: Record<string, unknown>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const onlyJson: RequestHandler = (request, _response, next) => {
  if (hasBody(request.headers) && request.is('application/json') !== 'application/json')
    throw new DomainError(
      'unsupported_media_type',
      'Send the body as JSON with Content-Type: application/json.',
    );
  next();
};

const children = (value: object): unknown[] =>
  Array.isArray(value) ? value : Object.values(value as Record<string, unknown>);

// Level by level instead of recursively: a deep body must not be able to exhaust the stack.
const sane: RequestHandler = (request, _response, next) => {
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH)
      throw new DomainError(
        'invalid_input',
        `The body is nested more than ${MAX_DEPTH} levels deep: flatten it.`,
      );
    const objects = level.filter(
      (value): value is object => typeof value === 'object' && value !== null,
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

/** Reads JSON bodies up to 1 MB and 64 levels (invariant G11); anything else is refused, not skipped. */
export const jsonBody = (): RequestHandler[] => [
  onlyJson,
  express.json({ limit: MAX_BYTES, strict: false, type: 'application/json' }),
  sane,
];
