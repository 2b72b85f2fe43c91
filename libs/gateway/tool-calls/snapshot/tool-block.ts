import { toolStateOf } from '#libs/registry/catalog';
import type { ToolBlock } from './gateway-snapshot.js';

const BLOCKS = {
  changed: {
    reason:
      'Its tool server offers another definition of this tool than the one that people approved.',
    remedy: 'Ask security to take the offered definition over.',
  },
  new: {
    reason: 'Nobody has taken over this tool of its tool server.',
    remedy: 'Ask security to take it over.',
  },
  removed: {
    reason: 'Its tool server does not offer this tool any more.',
    remedy: 'List the tools to see what this agent may call.',
  },
} as const satisfies Record<ToolBlock['why'], Omit<ToolBlock, 'why'>>;

/** Why this tool is not called; null: it is called as it was pinned. */
export const toolBlock = (
  tool: Parameters<typeof toolStateOf>[0],
  server: { readonly onChangedDefinition: 'block' | 'keep' },
): ToolBlock | null => {
  const state = toolStateOf(tool);
  if (state === 'pinned') return null;
  if (state === 'changed' && server.onChangedDefinition === 'keep') return null;
  return { why: state, ...BLOCKS[state] };
};
