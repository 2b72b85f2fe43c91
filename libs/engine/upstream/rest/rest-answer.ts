import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';

import type { ExactJson } from '#libs/platform/kernel';

import { type AnswerHead, isInUtf8, mediaTypeOf } from '../outbound/answer-reader.js';
import { parseUpstreamJson } from '../parse-json.js';
import { textResult, type UpstreamResult } from '../upstream-result.js';
import { isJsonType, isMediaType, isTextType } from './media-types.js';

const MAX_ERROR_TEXT = 4000;
const BYTES = 'application/octet-stream';

/** A service's answer as the result of a tool: JSON and text as text, other bytes as an embedded resource. */
export const answerOf = (head: AnswerHead, bytes: Buffer): UpstreamResult => {
  const status = `HTTP ${String(head.status)}`;
  const type = mediaTypeOf(head);
  const isText = type === '' || isJsonType(type) || isTextType(type);
  const text = isText && isInUtf8(head) && isUtf8(bytes) ? bytes.toString('utf8') : null;
  if (head.status >= 400) return failure(status, text ?? withheld(isText, type));
  if (bytes.length === 0) return textResult(`${status}, no content.`, false);
  // As bytes, too, it would be read in the encoding that it claims.
  if (text === null)
    return isText ? textResult(withheld(isText, type), false) : embedded(type, bytes);
  return textResult(text, false, isJsonType(type) ? jsonOrNothing(text) : undefined);
};

const failure = (status: string, shown: string): UpstreamResult =>
  textResult(`The service answered with ${status}. ${shown.slice(0, MAX_ERROR_TEXT)}`.trim(), true);

const withheld = (isText: boolean, type: string): string => {
  const what = isText ? 'that is not in UTF-8' : `of the type ${type.slice(0, 100)}`;
  return `(a body ${what}, which is not passed on)`;
};

/** Named by its content (RFC 6920): the service's address stays its own. */
const embedded = (type: string, bytes: Buffer): UpstreamResult => ({
  content: [
    {
      type: 'resource',
      resource: {
        uri: `ni:///sha-256;${createHash('sha256').update(bytes).digest('base64url')}`,
        mimeType: isMediaType(type) ? type : BYTES,
        blob: bytes.toString('base64'),
      },
    },
  ],
  isError: false,
});

/** A success that is not quite JSON did happen: its text is passed on as it is. */
const jsonOrNothing = (text: string): ExactJson | undefined => {
  try {
    return parseUpstreamJson(text);
  } catch {
    return undefined;
  }
};
