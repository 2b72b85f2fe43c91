const CHARSET = /;\s*charset\s*=\s*("[^"]*"?|[^;\s]*)/gi;
const UTF_8 = /^"?utf-?8"?$/i;

/** Whether a Content-Type names no charset, or UTF-8 in any spelling and nothing else beside it. */
export const isUtf8Type = (contentType: string): boolean => {
  if (!contentType.includes(';')) return true;
  return [...contentType.matchAll(CHARSET)].every(([, charset = '']) => UTF_8.test(charset));
};
