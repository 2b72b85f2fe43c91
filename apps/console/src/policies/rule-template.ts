const NAME_MAX = 64;

interface Pair {
  readonly agent: string;
  /** As policies name it: server/tool. */
  readonly tool: string;
}

const PLACEHOLDERS: Pair = { agent: 'name-an-agent', tool: 'server/tool' };

/** The text with an allow rule added at its end, for the pair given or with names to fill in. */
export function withRule(text: string, pair: Pair | null): string {
  const start = text.trim() === '' ? 'rules:\n' : text.replace(/^rules: *\[ *\] *$/m, 'rules:');
  const indent = /^( *)- /m.exec(start)?.[1] ?? '  ';
  const rule = template(freeName(start, pair), pair ?? PLACEHOLDERS)
    .map((line) => `${indent}${line}`)
    .join('\n');
  return `${start.trimEnd()}\n\n${rule}\n`;
}

const template = (name: string, { agent, tool }: Pair): string[] => [
  `- name: ${name}`,
  '  effect: allow',
  `  agents: { names: [${quoted(agent)}] }`,
  `  tools: { names: [${quoted(tool)}] }`,
  '  # Narrow it to what is needed, for example: { arguments: { amount: { lte: 100 } } }',
  '  when: { always: true }',
  `  reason: ${quoted(`Say why ${agent} may do this.`)}`,
];

const PLAIN = /^[a-zA-Z][\w ./-]*$/;

// A JSON text is a YAML text too.
const quoted = (text: string): string => (PLAIN.test(text) ? text : JSON.stringify(text));

function freeName(text: string, pair: Pair | null): string {
  const requested = pair === null ? 'new-rule' : `allow-${pair.agent}-${pair.tool}`;
  const plain = requested
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, NAME_MAX - 3)
    .replaceAll(/^-+|-+$/g, '');
  const isTaken = (name: string): boolean => new RegExp(`name: *['"]?${name}['"]?\\s`).test(text);
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? plain : `${plain}-${n}`;
    if (!isTaken(name)) return name;
  }
}
