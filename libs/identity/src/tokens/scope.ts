/** The scope of every tool server. */
export const ALL_TOOLS = 'tools';

const WORD = /^tools(?::[a-z0-9-]{1,24})?$/;

/** Whether a word is a scope of ours in its one spelling: `tools`, or `tools:` and a tool server's slug. */
export const isToolScope = (word: string): boolean => WORD.test(word);

/** The scope of one tool server. */
export const toolScope = (serverSlug: string): string => `${ALL_TOOLS}:${serverSlug}`;

/** Those words of a `scope` claim that mean tools, each once; one in another spelling limits to nothing. */
export const toolScopes = (scope: string): readonly string[] => [
  ...new Set(scope.split(' ').filter((word) => /^tools(?::|$)/i.test(word))),
];

/**
 * Whether a token of this `scope` claim may reach a tool server: `tools` reaches every one, `tools:<slug>`
 * that one. A claim without any word of ours, as other issuers write them, does not limit; one that is no
 * text reaches nothing. What the agent may do there is the policies' to say.
 */
export const scopeAllows = (scope: unknown, serverSlug: string): boolean => {
  if (scope === undefined) return true;
  if (typeof scope !== 'string') return false;
  const words = toolScopes(scope);
  return words.length === 0 || words.includes(ALL_TOOLS) || words.includes(toolScope(serverSlug));
};
