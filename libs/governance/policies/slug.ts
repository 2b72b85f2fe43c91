/** How long the name of a policy or a rule may be. */
export const MAX_NAME_LENGTH = 64;

/** A name as policies and rules have them, lower-case with hyphens: tools are named more freely. */
export const slug = (name: string, maxLength: number): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replaceAll(/^-+|-+$/g, '');
