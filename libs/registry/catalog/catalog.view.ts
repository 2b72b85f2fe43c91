import type { ToolInclude, ToolServerInclude } from '#libs/platform/db';
import { isObject, unmarkNumbers, type ExactJson, type JsonObject } from '#libs/platform/kernel';
import type { z } from 'zod';
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
  _count: { select: { tools: true } },
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
export type ToolRow = Omit<ToolView, 'pinnedAt' | 'classifiedAt' | 'annotations'> & {
  classifiedAt: Date | null;
  pinnedAt: Date;
  annotations: unknown;
  inputSchema: unknown;
  operation: unknown;
};

/** The row as lists show it. */
export const toToolServerView = (row: ToolServerRow): ToolServerView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  toolCount: row._count.tools,
});

/** The row as its own page shows it. */
export const toToolServerDetailView = ({
  leftOut,
  ...row
}: ToolServerRow & { leftOut: unknown }): ToolServerDetailView => ({
  ...toToolServerView(row),
  // As pin-tools wrote it.
  leftOut: leftOut as ToolServerDetailView['leftOut'],
});

/** The row as lists show it. */
export const toToolView = (row: ToolRow): ToolView => ({
  ...row,
  annotations: exactObject(row.annotations),
  classifiedAt: row.classifiedAt?.toISOString() ?? null,
  pinnedAt: row.pinnedAt.toISOString(),
});

/** The row as its own page shows it. */
export const toToolDetailView = (row: ToolRow): ToolDetailView => ({
  ...toToolView(row),
  inputSchema: exactObject(row.inputSchema),
  operation: row.operation === null ? null : asObject(row.operation),
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
