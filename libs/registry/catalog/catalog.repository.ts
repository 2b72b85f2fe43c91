import { changeOf, type CommandContext } from '#libs/engine/commands';

type Context = Pick<CommandContext, 'tx' | 'signs'>;

/** A tool server's row, locked until the command ends, and whether a tool of it is pinned. */
export const lockToolServer = async ({ tx, signs }: Context, id: string) => {
  await signs('tool_server', [id]);
  const server = await tx.toolServer.findUnique({
    where: { id },
    include: { _count: { select: { tools: true } } },
  });
  return server === null ? null : { ...server, hasPinnedTools: server._count.tools > 0 };
};

/** What {@link lockToolServer} finds. */
export type LockedToolServer = NonNullable<Awaited<ReturnType<typeof lockToolServer>>>;

const KNOWN = {
  id: true,
  name: true,
  definitionDigest: true,
  isOffered: true,
  isTakenOver: true,
  offeredDigest: true,
} as const;

/** A tool server's row, locked in the same way, with what is known of its tools by their names. */
export const lockServerWithTools = async ({ tx, signs }: Context, id: string) => {
  await signs('tool_server', [id]);
  const server = await tx.toolServer.findUnique({
    where: { id },
    include: { tools: { select: KNOWN } },
  });
  if (server === null) return null;
  return { ...server, known: new Map(server.tools.map((tool) => [tool.name, tool])) };
};

/** What {@link lockServerWithTools} finds. */
export type ServerWithTools = NonNullable<Awaited<ReturnType<typeof lockServerWithTools>>>;

/** A tool's row, locked until the command ends, its tool server's slug and owner. */
export const lockTool = async ({ tx, signs }: Context, id: string) => {
  await signs('tool', [id]);
  const owner = { select: { id: true, disabledAt: true } };
  return tx.tool.findUnique({
    where: { id },
    include: { server: { select: { slug: true, owner } } },
  });
};

/** What {@link lockTool} finds. */
export type LockedTool = NonNullable<Awaited<ReturnType<typeof lockTool>>>;

/** A change of one tool server: its row is held while it is made. */
export const changeOfToolServer = changeOf('ToolServer', lockToolServer);

/** A change of one tool: its row is held while it is made. */
export const changeOfTool = changeOf('Tool', lockTool);
