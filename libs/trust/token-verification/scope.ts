import type { JsonObject } from '#libs/platform/kernel';

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
 * The words of ours to which a token is limited, in `scope` or in `scp`, as Entra (a text) and Okta (a
 * list) write it. Null: it has none, as other issuers write them, and that does not limit. None at all
 * where one of the claims cannot be read: it reaches nothing.
 */
export const scopeLimit = ({ scope, scp }: JsonObject): readonly string[] | null => {
  const texts = [
    ...(scope === undefined ? [] : [scope]),
    ...(scp === undefined ? [] : Array.isArray(scp) ? scp : [scp]),
  ];
  if (!texts.every((text) => typeof text === 'string')) return [];
  const words = toolScopes(texts.join(' '));
  return words.length === 0 ? null : words;
};

/**
 * Whether a token of these claims may reach a tool server: `tools` reaches every one, `tools:<slug>` that
 * one. What the agent may do there is the policies' to say.
 */
export const scopeAllows = (claims: JsonObject, serverSlug: string): boolean => {
  const words = scopeLimit(claims);
  return words === null || words.includes(ALL_TOOLS) || words.includes(toolScope(serverSlug));
};
