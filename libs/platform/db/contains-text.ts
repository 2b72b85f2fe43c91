/** A filter for what has this text in it, in upper or lower case. */
export const containsText = (text: string) => ({
  // Prisma hands % and _ through to LIKE; people mean the characters.
  contains: text.replaceAll(/[\\%_]/g, String.raw`\$&`),
  mode: 'insensitive' as const,
});
