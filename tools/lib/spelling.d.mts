/** Old words of one file: where each is, and what to say instead. */
export function findWords(
  path: string,
  text: string,
): { path: string; line: number; word: string; better: string }[];
