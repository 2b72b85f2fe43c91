import type { ToolServerKind } from '../../api/types.js';
import { badgeLabel } from '../../shared/badges.js';

export const KIND_LABELS: Readonly<Record<ToolServerKind, string>> = {
  mcp: 'MCP',
  rest: 'REST (OpenAPI)',
};

export const KINDS = (['mcp', 'rest'] as const).map((id) => ({ id, name: KIND_LABELS[id] }));

export const URL_MAX = 500;

/** What is wrong with an address as typed; an empty one is not wrong. */
export const urlProblem = (text: string): string | null => {
  if (text === '') return null;
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol)
    ? null
    : 'Write a whole address that starts with http:// or https://.';
};

export const SERVER_STATES = (['discovering', 'ready', 'failed'] as const).map((id) => ({
  id,
  name: badgeLabel(`server:${id}`),
}));
