import type { ToolServerKind } from '../api/types.js';
import { badgeWord } from '../shared/badges.js';

export const KIND_WORDS: Readonly<Record<ToolServerKind, string>> = {
  mcp: 'MCP',
  rest: 'REST (OpenAPI)',
};

export const KINDS = (['mcp', 'rest'] as const).map((id) => ({ id, name: KIND_WORDS[id] }));

export const SERVER_STATES = (['discovering', 'ready', 'failed'] as const).map((id) => ({
  id,
  name: badgeWord(`server:${id}`),
}));
