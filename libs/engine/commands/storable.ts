import { DomainError } from '#libs/platform/kernel';

/** Our own words about somebody's input, with what cannot be stored or shown on a line replaced. */
export const storable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();

/** Whether PostgreSQL and the ledger can hold all text in it: no NUL, no half of a surrogate pair. */
export const isStorable = (value: unknown): boolean => unstorablePath(value, []) === null;

/** Rejects an input with text in it that could be neither stored nor recorded. */
export const assertStorable = (input: unknown): void => {
  const path = unstorablePath(input, []);
  if (path === null) return;
  const message = 'The input holds a character that cannot be stored. Take it out and try again.';
  throw new DomainError('invalid_input', message, {
    problems: [
      {
        path: storable(path.join('.')),
        message: 'contains a NUL character or an unpaired surrogate',
      },
    ],
  });
};

const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const unstorablePath = (value: unknown, path: readonly string[]): readonly string[] | null => {
  if (typeof value === 'string') return isStorableText(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const found = isStorableText(key) ? unstorablePath(member, [...path, key]) : [...path, key];
    if (found !== null) return found;
  }
  return null;
};
