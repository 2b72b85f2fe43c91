import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { ArgumentError } from '../errors.js';
import { isMediaType } from './media-types.js';

const MAX_NAME_LENGTH = 255;
// Canonical: two texts never stand for the same bytes, and no reader sees other bytes than we do.
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface SentFile {
  bytes: Buffer;
  filename: string | null;
  mediaType: string | null;
}

/** The schema of an argument that is a file; its name and type are asked for where they are sent. */
export const fileSchema = (description: string | null, isPart: boolean): JsonObject => ({
  type: 'object',
  description: description ?? 'A file.',
  properties: {
    data: { type: 'string', contentEncoding: 'base64', description: 'The content, in base64.' },
    ...(isPart
      ? {
          filename: { type: 'string', minLength: 1, maxLength: MAX_NAME_LENGTH },
          mediaType: { type: 'string', maxLength: 100 },
        }
      : {}),
  },
  required: ['data'],
  additionalProperties: false,
});

/** Reads such an argument. @throws ArgumentError */
export const fileOf = (argument: string, value: Json | undefined): SentFile => {
  if (!isObject(value) || typeof value['data'] !== 'string')
    throw invalid(argument, 'must be a file: an object with "data" in base64.');
  const { data, filename, mediaType } = value;
  if (!BASE64.test(data)) throw invalid(argument, 'has "data" that is not base64.');
  return {
    bytes: Buffer.from(data, 'base64'),
    filename: filename === undefined ? null : filenameOf(argument, filename),
    mediaType: mediaType === undefined ? null : typeOf(argument, mediaType),
  };
};

/** A name without a folder, and without what would end its quotes or its line. */
const filenameOf = (argument: string, name: Json): string => {
  if (
    typeof name !== 'string' ||
    name === '' ||
    name.length > MAX_NAME_LENGTH ||
    !name.isWellFormed() ||
    /["\\/\p{Cc}]/u.test(name)
  )
    throw invalid(
      argument,
      'has a "filename" with a quote, a slash, a backslash or a control character, or one that is too long.',
    );
  return name;
};

const typeOf = (argument: string, type: Json): string => {
  if (typeof type !== 'string' || !isMediaType(type) || type.includes(';'))
    throw invalid(argument, 'has a "mediaType" that is not one, for example "image/png".');
  return type;
};

const invalid = (argument: string, what: string): ArgumentError =>
  new ArgumentError(`The argument "${argument}" ${what}`);
