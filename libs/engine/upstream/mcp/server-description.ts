import { isExactObject, type ExactJson, type ExactObject } from '#libs/platform/kernel';

/** What a server says of itself. It is anybody's text: bounded, and without characters that do not show. */
export interface ServerDescription {
  readonly name: string | null;
  readonly title: string | null;
  readonly version: string | null;
  readonly instructions: string | null;
}

const MAX_NAME_LENGTH = 200;
const MAX_INSTRUCTIONS_LENGTH = 8_000;
// Controls but line breaks and tabs, and what has no width or turns the direction of text.
const UNSEEN = /[^\P{C}\n\t]/gu;

/** Reads it out of the result of `initialize`, or (2026-07-28) of `server/discover`. */
export const descriptionIn = (result: ExactObject): ServerDescription => {
  const { _meta: meta } = result;
  const info =
    result['serverInfo'] ??
    (isExactObject(meta) ? meta['io.modelcontextprotocol/serverInfo'] : undefined);
  const { name, title, version } = isExactObject(info) ? info : {};
  return {
    name: textOf(name, MAX_NAME_LENGTH),
    title: textOf(title, MAX_NAME_LENGTH),
    version: textOf(version, MAX_NAME_LENGTH),
    instructions: textOf(result['instructions'], MAX_INSTRUCTIONS_LENGTH),
  };
};

const textOf = (value: ExactJson | undefined, maxLength: number): string | null => {
  if (typeof value !== 'string') return null;
  const text = value.slice(0, maxLength).toWellFormed().replace(UNSEEN, '').trim();
  return text === '' ? null : text;
};
