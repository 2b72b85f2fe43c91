import { unescape } from 'node:querystring';
import { isObject, type Json } from '#libs/platform/kernel';
import { CallError } from './errors.js';

/** What a request says outside its headers. */
export interface RequestContent {
  /** The body as it came; null where there is none. */
  readonly body: Uint8Array | null;
  /** Whatever of it can go on, read. */
  readonly values: readonly Json[];
  /** The names and values of the query. */
  readonly query: readonly string[];
}

/**
 * Rejects a request that has one of its own credentials in its content: as it is, in base64,
 * percent-encoded or escaped (invariant I2). The bytes are searched once; only where they hold an escape, or
 * a credential, are the values searched one by one.
 * @throws CallError
 */
export const assertNoOwnCredentials = (
  { body, values, query }: RequestContent,
  credentials: readonly string[],
): void => {
  const secrets = secretsOf(credentials);
  if (secrets === null) return;
  if (query.some((text) => isWithinText(text, secrets))) throw credentialInCall();
  if (body === null || isHarmless(body, secrets)) return;
  if (values.some((value) => isWithin(value, secrets))) throw credentialInCall();
};

/** Whether one of the credentials is in one of these texts. */
export const isCredentialIn = (
  texts: readonly string[],
  credentials: readonly string[],
): boolean => {
  const secrets = secretsOf(credentials);
  return secrets !== null && texts.some((text) => isWithinText(text, secrets));
};

/** The parts of texts by which credentials are recognized. */
interface Secrets {
  /** A shorter text has none of them in it. */
  readonly minLength: number;
  readonly parts: readonly string[];
  /** The parts in base64; most requests are too short for this to be needed. */
  encoded: readonly string[] | undefined;
}

const PART_LENGTH = 24;

// Of a JWT two parts of its signature, without which it is no credential: side by side, so that one of them
// stays whole where lines are wrapped.
const secretsOf = (credentials: readonly string[]): Secrets | null => {
  const secrets = credentials.map(signatureOf).filter(({ length }) => length > PART_LENGTH);
  if (secrets.length === 0) return null;
  return {
    minLength: Math.min(...secrets.map(({ length }) => length)),
    parts: secrets.flatMap((secret) => [
      secret.slice(0, PART_LENGTH),
      secret.slice(PART_LENGTH, 2 * PART_LENGTH),
    ]),
    encoded: undefined,
  };
};

const signatureOf = (credential: string): string =>
  credential.slice(credential.lastIndexOf('.') + 1);

const isHarmless = (body: Uint8Array, secrets: Secrets): boolean => {
  if (body.byteLength < secrets.minLength) return true;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return !text.includes('\\') && !text.includes('%') && !isVisible(text, secrets);
};

const isVisible = (text: string, secrets: Secrets): boolean => {
  secrets.encoded ??= secrets.parts.flatMap(inBase64);
  return [...secrets.parts, ...secrets.encoded].some((part) => text.includes(part));
};

// Base64 takes three bytes at a time, so a text begins at one of three places; the characters that it shares
// with its neighbours are left out. Both alphabets write these texts alike.
const inBase64 = (text: string): readonly string[] =>
  [0, 1, 2].map((offset) =>
    Buffer.from('='.repeat(offset) + text)
      .toString('base64')
      .slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + text.length) * 4) / 3)),
  );

const isWithin = (value: Json, secrets: Secrets): boolean => {
  if (typeof value === 'string') return isWithinText(value, secrets);
  if (Array.isArray(value)) return value.some((item) => isWithin(item, secrets));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, item]) => isWithinText(key, secrets) || isWithin(item, secrets),
  );
};

const MAX_LAYERS = 3;

const isWithinText = (written: string, secrets: Secrets): boolean => {
  let text = written;
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    if (text.length < secrets.minLength) return false;
    if (isVisible(text, secrets)) return true;
    const decoded = decodeOnce(text);
    if (decoded === text) return false;
    text = decoded;
  }
  return isVisible(text, secrets);
};

// JSON inside a text, and percent-encoding; either leaves alone what it does not understand.
const decodeOnce = (text: string): string => {
  const plain = text.includes(UNICODE_ESCAPE) ? withoutEscapes(text) : text;
  return plain.includes('%') ? unescape(plain) : plain;
};

const UNICODE_ESCAPE = String.raw`\u00`;
const ASCII = /^[0-7][0-9a-f]/i;

// Far cheaper than replacing by a pattern where there are many.
const withoutEscapes = (text: string): string => {
  const [start = '', ...pieces] = text.split(UNICODE_ESCAPE);
  const decoded = pieces.map((piece) =>
    ASCII.test(piece)
      ? String.fromCharCode(Number.parseInt(piece.slice(0, 2), 16)) + piece.slice(2)
      : UNICODE_ESCAPE + piece,
  );
  return start + decoded.join('');
};

const credentialInCall = (): CallError =>
  new CallError(
    'credential_in_call',
    'The request has its access token, or another of its credentials, outside its headers. Nothing was sent to a tool. Remove it and call again.',
  );
