import { leaveOut } from './import-problem.js';

const PLACEHOLDER = /\{([^{}]*)\}/g;
/** RFC 3986 path characters, and percent-encoding for nothing that hides a separator or a dot. */
const LITERAL = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%(?!2e|2f|5c)[0-9a-f]{2})*$/i;

/** The names in a path template, in order. */
export const placeholdersOf = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');

/** Rejects a template that is not a plain absolute path. */
export const checkPathTemplate = (template: string): void => {
  const literal = template.replace(PLACEHOLDER, 'x');
  const segments = literal.split('/');
  if (!template.startsWith('/') || !LITERAL.test(literal))
    leaveOut('its path is not a plain path that begins with "/"');
  if (segments.includes('.') || segments.includes('..')) leaveOut('its path contains "." or ".."');
};

/** The path for one call: each placeholder replaced by what `valueOf` gives for it. */
export const fillTemplate = (template: string, valueOf: (name: string) => string): string =>
  template.replace(PLACEHOLDER, (_match, name: string) => valueOf(name));
