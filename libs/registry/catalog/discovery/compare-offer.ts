import { MAX_TOOLS } from '../catalog.rules.js';
import type { DiscoveredTool, UnsupportedTool } from './validate-tools.js';

/** A tool that is known of a tool server, as far as another offer of it is compared. */
export interface KnownTool {
  readonly id: string;
  readonly name: string;
  readonly definitionDigest: string;
  readonly isOffered: boolean;
  readonly isTakenOver: boolean;
  readonly offeredDigest: string | null;
}

/** How a known tool differs from what was known of it. */
export interface ToolChange {
  readonly tool: KnownTool;
  readonly isOffered: boolean;
  readonly isTakenOver: boolean;
  /** Offered instead of the pinned definition; null: the same, or nothing. */
  readonly offered: DiscoveredTool | null;
}

/** What an offer of a tool server that was pinned before means. */
export interface OfferDifference {
  readonly changes: ToolChange[];
  /** Nobody has seen them: they wait until people take them over (invariant P12). */
  readonly added: DiscoveredTool[];
  readonly leftOut: UnsupportedTool[];
}

/**
 * Compares an offer with what is known. A definition is the same if its digest is; what was removed comes back by
 * itself only with the definition that was pinned.
 */
export const compareOffer = (
  offered: readonly DiscoveredTool[],
  known: ReadonlyMap<string, KnownTool>,
): OfferDifference => {
  const names = new Set(offered.map(({ name }) => name));
  const unknown = offered.filter(({ name }) => !known.has(name));
  const room = Math.max(0, MAX_TOOLS - known.size);
  return {
    changes: [
      ...offered.flatMap((tool) => changeOf(known.get(tool.name), tool) ?? []),
      ...[...known.values()]
        .filter(({ name }) => !names.has(name))
        .flatMap((tool) => removalOf(tool) ?? []),
    ],
    added: unknown.slice(0, room),
    leftOut: unknown.slice(room).map(({ name }) => ({
      name,
      reason: `${MAX_TOOLS} tools of its tool server are known already, with those that were removed`,
    })),
  };
};

const changeOf = (known: KnownTool | undefined, offer: DiscoveredTool): ToolChange | null => {
  if (known === undefined) return null;
  const isSame = offer.definitionDigest === known.definitionDigest;
  const offeredDigest = isSame ? null : offer.definitionDigest;
  if (known.isOffered && known.offeredDigest === offeredDigest) return null;
  return {
    tool: known,
    isOffered: true,
    isTakenOver: known.isTakenOver && (isSame || known.isOffered),
    offered: isSame ? null : offer,
  };
};

const removalOf = (tool: KnownTool): ToolChange | null =>
  tool.isOffered ? { tool, isOffered: false, isTakenOver: tool.isTakenOver, offered: null } : null;
