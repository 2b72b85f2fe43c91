/**
 * Text as it is compared where case does not count (RFC 7643 §2.2): composed and decomposed letters are
 * the same letter, too. `comparableSql` of the filters is the same for the database.
 */
export const comparable = (text: string): string => {
  const lower = text.toLowerCase();
  return isAscii(lower) ? lower : lower.normalize('NFC');
};

// Composed already; to normalise them costs several times as much as the rest of a comparison.
const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
