/** By what a tool's state is told. */
interface StateColumns {
  readonly isOffered: boolean;
  readonly isTakenOver: boolean;
  readonly offeredDigest: string | null;
}

/** What a tool is, compared with what its tool server offered when it was asked last. */
export const TOOL_STATES = ['pinned', 'changed', 'new', 'removed'] as const;

/**
 * - `pinned`: it is offered as it was pinned.
 * - `changed`: another definition is offered; the tool server's setting says whether the pinned one stays in use.
 * - `new`: nobody has taken it over. The tool server began to offer it after registration, offers it again with
 *   another definition, or moved to another host.
 * - `removed`: it is not offered, or not in a form that can be pinned.
 */
export type ToolState = (typeof TOOL_STATES)[number];

/** The state that a tool's row says; not being offered counts before all else. */
export const toolStateOf = ({ isOffered, isTakenOver, offeredDigest }: StateColumns): ToolState => {
  if (!isOffered) return 'removed';
  if (!isTakenOver) return 'new';
  return offeredDigest === null ? 'pinned' : 'changed';
};

/** Which tools are in this state, for a query. */
export const STATE_WHERE = {
  pinned: { isOffered: true, isTakenOver: true, offeredDigest: null },
  changed: { isOffered: true, isTakenOver: true, offeredDigest: { not: null } },
  new: { isOffered: true, isTakenOver: false },
  removed: { isOffered: false },
} as const satisfies Record<ToolState, object>;
