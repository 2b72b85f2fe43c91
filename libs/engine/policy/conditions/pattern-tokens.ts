// In these nothing is syntax: quoted text, an escape, a class.
const OPAQUE = [
  String.raw`\\Q[^]*?(?:\\E|$)`,
  String.raw`\\[pPux]\{[^}]*\}`,
  String.raw`\\[^]`,
  String.raw`\[\^?\]?(?:\\[^]|\[:\^?[a-z]+:\]|[^\]\\])*\]`,
];

/**
 * Matches a pattern of RE2 token by token: quoted text, an escape and a class are one each, and so is what
 * `syntax` matches; all else is a token a character.
 */
export const tokensWith = (syntax: RegExp): RegExp =>
  new RegExp([...OPAQUE, syntax.source, '[^]'].join('|'), 'g');
