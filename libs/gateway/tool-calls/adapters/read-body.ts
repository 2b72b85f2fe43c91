import type { IncomingMessage } from 'node:http';
import {
  BodyBudget,
  BodyBudgetError,
  MAX_BODY_BYTES,
  MAX_KEPT_BODY_BYTES,
  sendContinue,
} from '#libs/platform/listen';
import { CallError } from '../errors.js';
import { StrictJsonError } from '../strict-json.js';

const budget = new BodyBudget(MAX_KEPT_BODY_BYTES);

/** Reads an admitted request's body; more than 1 MB is rejected as soon as that is known, before it is kept. */
export const readBody = (request: IncomingMessage): Promise<Uint8Array> =>
  budget.spend((count) => readCounted(request, count));

const readCounted = async (
  request: IncomingMessage,
  count: (bytes: number) => void,
): Promise<Uint8Array> => {
  assertPlainJson(request);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
    throw new StrictJsonError('too_large');
  sendContinue(request);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) throw new StrictJsonError('too_large');
      count(chunk.byteLength);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof StrictJsonError) throw error;
    if (error instanceof BodyBudgetError) throw new CallError('unavailable', error.message);
    throw new CallError('invalid_request', 'The request ended before its body was complete.', {
      reason: 'body_incomplete',
      cause: error,
    });
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
};

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*(?:utf-?8|"utf-?8")\s*)?;?\s*$/i;

const assertPlainJson = ({ headers }: IncomingMessage): void => {
  if (!JSON_TYPE.test(headers['content-type'] ?? ''))
    throw new CallError(
      'unsupported_media_type',
      'Send the body as Content-Type: application/json, in UTF-8.',
    );
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new CallError('unsupported_media_type', 'Send the body without Content-Encoding.');
};
