const text = `# For whom agents may act. Without this rule an agent may do nothing on a person's behalf.
rules:
  - name: people-may-do-what-their-agents-may
    effect: allow
    people: { all: true }
    tools: { all: true }
    when: { always: true }
    reason: People may do what their agents may; the agent's own rules still decide what that is.
`;

/** What a fresh installation starts with (`SeedPolicy`): one visible rule, which security can remove. */
export const PEOPLE_POLICY = {
  name: 'people',
  description: 'What agents may do on behalf of people.',
  text,
} as const;
