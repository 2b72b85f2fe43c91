import { spaced } from '../shared/format.js';

// Words that a command's name spells otherwise than people do.
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\bsign in\b/, 'sign-in'],
  [/\bscim\b/, 'SCIM'],
];

/** "change-issuer" as "Change issuer". */
export const commandText = (command: string): string => {
  const words = SPELLINGS.reduce(
    (text, [word, spelling]) => text.replace(word, spelling),
    spaced(command),
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
};
