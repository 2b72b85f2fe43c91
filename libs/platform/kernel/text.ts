/** Orders texts by their code units: the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first of these names, and how many more there are: "a, b and 3 more". */
export const firstNames = (names: readonly string[], atMost: number): string => {
  const more = names.length > atMost ? ` and ${names.length - atMost} more` : '';
  return `${names.slice(0, atMost).join(', ')}${more}`;
};
