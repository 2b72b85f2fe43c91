import { randomBytes } from 'node:crypto';
import { type Clock, DomainError, type ExactJson, isUuid, newId } from '#libs/platform/kernel';
import { canonicalJson, payloadContent, payloadDigest, SALT_BYTES } from './canonical.js';
import { COMMAND_ENTRY_TYPE, ENTRY_TYPES, type EntryType } from './catalogue.js';
import { LEDGER_FORMAT, type EntryContext } from './entry.js';

/** The most that one entry's payloads may hold together, in UTF-8 bytes. */
export const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024;

const MAX_DATA_BYTES = 64 * 1024;
const MAX_ID_LENGTH = 512;

// An escaped NUL in JSON text, and not an escaped backslash before the letters u0000.
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** A payload as its row will be. */
export interface PreparedPayload {
  name: string;
  saltHex: string;
  content: string;
}

/** An entry ready but for its place in a chain, so that little is left to do while a batch waits. */
export interface PreparedEntry {
  id: string;
  at: string;
  type: string;
  actorKind: string;
  actorId: string;
  subjectKind: string | null;
  subjectId: string | null;
  callId: string | null;
  /** Canonical JSON. */
  data: string;
  payloads: readonly PreparedPayload[];
  bytes: number;
  canonical: { beforeChain: string; beforePrev: string; afterSeq: string };
}

type Input = EntryContext & {
  type: string;
  data: object;
  payloads?: { [name: string]: ExactJson | undefined };
  at?: Date;
};

/** Checks an entry against the catalogue, draws its id and salts, and serialises it. */
export const prepareEntry = (input: Input, clock: Clock, commands?: ReadonlySet<string>) => {
  const entryType = typeOf(input.type, commands);
  const payloads = preparePayloads(input.type, input.payloads ?? {}, entryType);
  const digests = Object.fromEntries(payloads.map(({ name, digest }) => [name, digest]));
  const data = serialiseData(input, entryType, digests);
  return assemble(input, data, payloads, (input.at ?? clock.now()).toISOString());
};

const invalid = (type: string, what: string, cause?: unknown): DomainError =>
  new DomainError('invalid_input', `A ${type} entry cannot be written: ${what}.`, { cause });

const typeOf = (type: string, commands: ReadonlySet<string> | undefined): EntryType => {
  if (Object.hasOwn(ENTRY_TYPES, type)) return ENTRY_TYPES[type as keyof typeof ENTRY_TYPES];
  if (commands?.has(type) === true) return COMMAND_ENTRY_TYPE;
  throw invalid(type.slice(0, 64), 'the catalogue has no such type');
};

const preparePayloads = (type: string, payloads: NonNullable<Input['payloads']>, of: EntryType) => {
  let bytes = 0;
  return Object.entries(payloads).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!of.payloads.includes(name)) throw invalid(type, `it has no payload called ${name}`);
    const content = payloadContent(value);
    bytes += Buffer.byteLength(content);
    if (bytes > MAX_PAYLOAD_BYTES) throw tooLarge(type, MAX_PAYLOAD_BYTES);
    const salt = randomBytes(SALT_BYTES);
    const digest = payloadDigest(salt, content);
    return [{ name, saltHex: salt.toString('hex'), content, digest }];
  });
};

const serialiseData = (input: Input, of: EntryType, digests: Record<string, string>): string => {
  const parsed = of.data.safeParse(input.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(
      input.type,
      `data.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    );
  }
  const hasDigests = Object.keys(digests).length > 0;
  const data = storable(input.type, () =>
    canonicalJson(hasDigests ? { ...(parsed.data as object), digests } : parsed.data),
  );
  if (data.length > MAX_DATA_BYTES) throw tooLarge(input.type, MAX_DATA_BYTES);
  return data;
};

const assemble = (
  input: Input,
  data: string,
  payloads: readonly PreparedPayload[],
  at: string,
): PreparedEntry => {
  const { id = newId(), actor, subject, type } = input;
  const callId = input.callId ?? null;
  if (callId !== null && !isUuid(callId)) throw invalid(type, 'its call id is no UUID');
  const reference = [actor.kind, actor.id, subject?.kind ?? '', subject?.id ?? ''];
  if (reference.some((part) => part.length > MAX_ID_LENGTH))
    throw invalid(type, 'an id is too long');
  const string = (value: string | null) => storable(type, () => canonicalJson(value));
  return {
    id,
    at,
    type,
    actorKind: actor.kind,
    actorId: actor.id,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    callId,
    data,
    payloads,
    bytes: data.length + payloads.reduce((sum, { content }) => sum + content.length, 512),
    canonical: {
      beforeChain: `{"actorId":${string(actor.id)},"actorKind":${string(actor.kind)},"at":"${at}","callId":${string(callId)},"chain":"`,
      beforePrev: `","data":${data},"format":${LEDGER_FORMAT},"id":"${id}","prev":"`,
      afterSeq: `,"subjectId":${string(subject?.id ?? null)},"subjectKind":${string(subject?.kind ?? null)},"type":${string(type)}}`,
    },
  };
};

// PostgreSQL stores neither NUL nor a lone surrogate in text: found here, it spoils no batch of others.
const storable = (type: string, serialise: () => string): string => {
  let text: string;
  try {
    text = serialise();
  } catch (error) {
    throw invalid(type, 'it holds a value that JSON has no canonical form for', error);
  }
  if (text.includes('\\u0000') && ESCAPED_NUL.test(text))
    throw invalid(type, 'it holds a NUL character');
  return text;
};

const tooLarge = (type: string, limitBytes: number): DomainError =>
  new DomainError(
    'payload_too_large',
    `A ${type} entry holds more than ${limitBytes} bytes. Send less in one call.`,
  );
