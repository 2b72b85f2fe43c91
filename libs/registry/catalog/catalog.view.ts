import type { ToolInclude, ToolOmit, ToolServerInclude } from '#libs/platform/db';
import { isObject, unmarkNumbers, type ExactJson, type JsonObject } from '#libs/platform/kernel';
import type { z } from 'zod';
import { differenceOf } from './definition-difference.js';
import { TOOL_STATES, toolStateOf } from './tool-state.js';
import type {
  toolDetailSchema,
  toolSchema,
  toolServerDetailSchema,
  toolServerSchema,
} from './catalog.schemas.js';

type ToolServerView = z.infer<typeof toolServerSchema>;
type ToolServerDetailView = z.infer<typeof toolServerDetailSchema>;
type ToolView = z.infer<typeof toolSchema>;
type ToolDetailView = z.infer<typeof toolDetailSchema>;

const PERSON = { select: { id: true, name: true, email: true } };

/** What a screen about a tool server joins. */
export const TOOL_SERVER_INCLUDE = {
  owner: PERSON,
  team: true,
  _count: { select: { tools: { where: { isOffered: true } } } },
} as const satisfies ToolServerInclude;

/** What a screen about a tool joins. */
export const TOOL_INCLUDE = {
  server: { select: { id: true, slug: true, name: true } },
  classifiedBy: PERSON,
} as const satisfies ToolInclude;

/** A tool server's row with {@link TOOL_SERVER_INCLUDE}. */
export type ToolServerRow = Omit<ToolServerView, 'createdAt' | 'toolCount'> & {
  createdAt: Date;
  _count: { tools: number };
};

/** A tool's row with {@link TOOL_INCLUDE}. */
export type ToolRow = Omit<ToolView, 'pinnedAt' | 'classifiedAt' | 'annotations' | 'state'> & {
  classifiedAt: Date | null;
  pinnedAt: Date;
  isOffered: boolean;
  isTakenOver: boolean;
  annotations: unknown;
};

/** The same with the whole definition and what is offered instead. */
type ToolDetailRow = ToolRow & {
  inputSchema: unknown;
  outputSchema: unknown;
  otherFields: unknown;
  operation: unknown;
  offered: unknown;
};

/** What of a tool lists leave out. */
export const TOOL_OMIT = {
  inputSchema: true,
  outputSchema: true,
  otherFields: true,
  operation: true,
  offered: true,
} as const satisfies ToolOmit;

/** The row as lists show it. */
export const toToolServerView = (row: ToolServerRow): ToolServerView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  toolCount: row._count.tools,
});

/** The row as its own page shows it. */
export const toToolServerDetailView = (
  { leftOut, ...row }: ToolServerRow & { leftOut: unknown },
  tools: readonly Parameters<typeof toolStateOf>[0][],
): ToolServerDetailView => ({
  ...toToolServerView(row),
  toolStates: countStates(tools),
  // As pin-tools wrote it.
  leftOut: leftOut as ToolServerDetailView['leftOut'],
});

const countStates = (
  tools: readonly Parameters<typeof toolStateOf>[0][],
): ToolServerDetailView['toolStates'] => {
  const byState = Map.groupBy(tools, toolStateOf);
  const counts = TOOL_STATES.map((state) => [state, byState.get(state)?.length ?? 0]);
  return Object.fromEntries(counts) as ToolServerDetailView['toolStates'];
};

/** The row as lists show it. */
export const toToolView = (row: ToolRow): ToolView => ({
  ...row,
  state: toolStateOf(row),
  annotations: exactObject(row.annotations),
  classifiedAt: row.classifiedAt?.toISOString() ?? null,
  pinnedAt: row.pinnedAt.toISOString(),
});

/** The row as its own page shows it. */
export const toToolDetailView = (row: ToolDetailRow): ToolDetailView => ({
  ...toToolView(row),
  inputSchema: exactObject(row.inputSchema),
  outputSchema: row.outputSchema === null ? null : exactObject(row.outputSchema),
  otherFields: exactObject(row.otherFields),
  operation: row.operation === null ? null : asObject(row.operation),
  difference: differenceOf(row, row.offered),
});

// As the tool server wrote them, whatever a double keeps of them.
const exactObject = (value: unknown): Record<string, ExactJson> =>
  Object.fromEntries(
    Object.entries(asObject(value)).map(([key, one]) => [key, unmarkNumbers(one)]),
  );

/** What is in a JSON column that only ever holds objects. */
export const asObject = (value: unknown): JsonObject => {
  if (isObject(value)) return value;
  throw new TypeError('a JSON column holds something other than an object');
};
