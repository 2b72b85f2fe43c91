import { badRequest, type ScimType } from '../errors.js';

/** A word is an attribute's name, an operator or a literal: only its place tells which. */
export type Token =
  { kind: '(' | ')' | '[' | ']' | 'end' } | { kind: 'word' | 'string'; text: string };

const MAX_LENGTH = 8192;
const MAX_TOKENS = 1000;
const SPACE = /\s+/y;
const PUNCTUATION = /[()[\]]/y;
// A JSON string (RFC 7159 §7): no bare control characters below the space, no stray backslash.
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/uy;
const WORD = /[A-Za-z0-9$_:.+-]+/y;

const take = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

/** Cuts a filter or a path into tokens, each exactly one way; whatever fits none is rejected. */
export const tokensOf = (text: string, scimType: ScimType): readonly Token[] => {
  if (text.length > MAX_LENGTH) throw badRequest(scimType, 'It is too long. Ask for less at once.');
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const space = take(SPACE, text, at);
    const taken = space ?? readToken(text, at, tokens, scimType);
    if (taken === null) {
      throw badRequest(scimType, `It cannot be read from character ${at + 1} on. Correct it.`);
    }
    at += taken.length;
    if (tokens.length > MAX_TOKENS) throw badRequest(scimType, 'It has too many parts.');
  }
  tokens.push({ kind: 'end' });
  return tokens;
};

const readToken = (
  text: string,
  at: number,
  tokens: Token[],
  scimType: ScimType,
): string | null => {
  const mark = take(PUNCTUATION, text, at);
  if (mark !== null) tokens.push({ kind: mark as '(' | ')' | '[' | ']' });
  const quoted = mark ?? take(STRING, text, at);
  if (quoted !== null && mark === null) {
    tokens.push({ kind: 'string', text: storable(JSON.parse(quoted) as string, scimType) });
  }
  const word = quoted ?? take(WORD, text, at);
  if (word !== null && quoted === null) tokens.push({ kind: 'word', text: word });
  return word;
};

// An escape may name what no text in the database holds: NUL, and half a surrogate pair.
const storable = (text: string, scimType: ScimType): string => {
  if (text.isWellFormed() && !text.includes('\0')) return text;
  throw badRequest(scimType, 'It holds a character that cannot be stored. Take it out.');
};
