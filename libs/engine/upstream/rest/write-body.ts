import { randomBytes } from 'node:crypto';

import type { Json, JsonObject } from '#libs/platform/kernel';

import { fileOf, type SentFile } from './file-argument.js';
import type { BodyMember, RestBody } from './operation.js';
import { invalidArgument, pairsOf, scalar, scalarOrJson } from './write-value.js';

export interface SentBody {
  content: string | Buffer;
  contentType: string;
}

/** Writes the body from the arguments; null where there is none to send. @throws DomainError `invalid_input` */
export const writeBody = (body: RestBody, args: JsonObject): SentBody | null => {
  const given = body.members?.filter(({ argument }) => Object.hasOwn(args, argument)) ?? [];
  if (body.members === null) return writeWhole(body, args);
  if (given.length === 0 && !body.isRequired) return null;
  if (body.format === 'multipart') return multipart(given, args);
  const content = body.format === 'form' ? form(body.members, args) : membersAsJson(given, args);
  return { content, contentType: body.mediaType };
};

const writeWhole = (
  { format, mediaType, argument }: RestBody,
  args: JsonObject,
): SentBody | null => {
  const value = argument !== null && Object.hasOwn(args, argument) ? args[argument] : undefined;
  if (argument === null || value === undefined) return null;
  if (format === 'binary')
    return { content: fileOf(argument, value).bytes, contentType: mediaType };
  if (format === 'json') return { content: JSON.stringify(value), contentType: mediaType };
  const text = scalar(argument, value);
  if (!text.isWellFormed()) throw invalidArgument(argument, 'is not valid Unicode text.');
  return { content: text, contentType: mediaType };
};

const membersAsJson = (members: readonly BodyMember[], args: JsonObject): string =>
  JSON.stringify(Object.fromEntries(members.map(({ name, argument }) => [name, args[argument]])));

const form = (members: readonly BodyMember[], args: JsonObject): string => {
  const names = new Set(members.map(({ name }) => name));
  return members
    .flatMap((member) => pairsOf(member, valueOf(args, member.argument), names, scalarOrJson))
    .join('&');
};

const valueOf = (args: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(args, name) ? args[name] : undefined;

const multipart = (members: readonly BodyMember[], args: JsonObject): SentBody => {
  // Nobody can know it beforehand, so no content can end its part.
  const boundary = `gatehouse-${randomBytes(24).toString('hex')}`;
  const parts = members.flatMap((member) => partsOf(member, valueOf(args, member.argument)));
  const chunks = parts.flatMap(({ head, bytes }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return {
    content: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
};

interface Part {
  head: string;
  bytes: Buffer;
}

const partsOf = (member: BodyMember, value: Json | undefined): Part[] => {
  if (value === undefined || value === null) return [];
  const items = member.style !== 'json' && Array.isArray(value) ? value : [value];
  return items.map((item) =>
    member.isFile ? filePart(member, fileOf(member.argument, item)) : fieldPart(member, item),
  );
};

const filePart = ({ name, mediaType }: BodyMember, file: SentFile): Part => ({
  head: headOf(
    name,
    file.filename ?? 'file',
    file.mediaType ?? mediaType ?? 'application/octet-stream',
  ),
  bytes: file.bytes,
});

const fieldPart = ({ argument, name, mediaType }: BodyMember, value: Json): Part => {
  const isJson = typeof value === 'object';
  const text = scalarOrJson(argument, value);
  if (!text.isWellFormed()) throw invalidArgument(argument, 'is not valid Unicode text.');
  return {
    head: headOf(name, null, mediaType ?? (isJson ? 'application/json' : null)),
    bytes: Buffer.from(text),
  };
};

const headOf = (name: string, filename: string | null, mediaType: string | null): string => {
  const disposition = `content-disposition: form-data; name="${quotable(name)}"`;
  const file = filename === null ? '' : `; filename="${quotable(filename)}"`;
  return `${disposition}${file}${mediaType === null ? '' : `\r\ncontent-type: ${mediaType}`}`;
};

/** As browsers write it (the HTML standard): no name ends its quotes or its line. */
const quotable = (name: string): string =>
  name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
