import type { Json } from '#libs/platform/kernel';

import type { RestParameter } from './operation.js';
import { encoded, invalidArgument, joinable } from './write-value.js';

/**
 * One argument as part of the path. Separators are rejected even though they would be encoded: services
 * decode before they route. Where people allowed slashes for this argument it is several segments, of which
 * none is empty, "." or "..".
 */
export const pathValue = (
  { argument, name, style, explode }: RestParameter,
  value: Json | undefined,
  canHaveSlashes: boolean,
): string => {
  if (value === undefined || value === null) throw invalidArgument(argument, 'is missing.');
  const items = joinable(argument, value, {
    explode,
    delimiter: typeof value === 'object' ? ',' : '\0',
  });
  const write = (text: string): string => segments(argument, text, canHaveSlashes);
  if (items.length === 0) throw invalidArgument(argument, EMPTY);
  const text = items.map(write).join(',');
  if (style === 'label') return `.${text}`;
  return style === 'matrix' ? `;${encoded(argument, name)}=${text}` : text;
};

const EMPTY =
  'is part of a path: it must not be empty, ".", ".." or contain a slash, a backslash or a control character.';
const EMPTY_SEGMENT =
  'is part of a path: no part of it between slashes may be empty, "." or "..", or contain a backslash or a control character.';

const segments = (argument: string, text: string, canHaveSlashes: boolean): string => {
  const parts = canHaveSlashes ? text.split('/') : [text];
  const isBad = parts.some(
    (part) => part === '' || part === '.' || part === '..' || /[/\\\p{Cc}]/u.test(part),
  );
  if (isBad) throw invalidArgument(argument, canHaveSlashes ? EMPTY_SEGMENT : EMPTY);
  return parts.map((part) => encoded(argument, part)).join('/');
};
