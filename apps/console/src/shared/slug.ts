export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with a slug as far as it is typed; nothing typed is not wrong yet. */
export const slugProblem = (text: string, maxLength: number): string | null => {
  if (text === '') return null;
  if (!SLUG.test(text)) return 'Use lower-case letters, digits and single hyphens.';
  return text.length > maxLength ? `At most ${maxLength} characters.` : null;
};
