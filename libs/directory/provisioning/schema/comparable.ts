/**
 * Text as it is compared where case does not count (RFC 7643 §2.2): composed and decomposed letters are
 * the same letter, too. `comparableSql` of the filters is the same for the database.
 */
export const comparable = (text: string): string => text.toLowerCase().normalize('NFC');
