import { setImmediate as letOthersRun } from 'node:timers/promises';
import { isStorable } from '#libs/engine/commands';
import type { JsonObject } from '#libs/platform/kernel';
import { checkInputSchema } from '#libs/engine/policy';
import type { UndecidedClassification } from '../catalog.rules.js';

const MAX_EXPOSED_NAME_LENGTH = 64;
const MAX_DEFINITION_LENGTH = 262_144;
// A hostile schema takes seconds to be rejected, and a tool server may offer a thousand.
const MAX_ELAPSED_MS = 60_000;

/** How long a tool's name may be behind its tool server's slug. */
export const maxToolNameLength = (slug: string): number =>
  MAX_EXPOSED_NAME_LENGTH - `${slug}__`.length;

/** A tool as a tool server offered it. */
export interface DiscoveredTool {
  name: string;
  title: string | null;
  description: string | null;
  inputSchema: JsonObject;
  outputSchema: JsonObject | null;
  annotations: JsonObject;
  /** What else its definition says: icons, _meta, execution, and what we do not know. */
  otherFields: JsonObject;
  classification: UndecidedClassification;
  /** REST only: how to call it. */
  operation: JsonObject | null;
  definitionDigest: string;
}

/** A tool that was not pinned, and why. */
export interface UnsupportedTool {
  name: string;
  reason: string;
}

/**
 * Parts the offered tools into those that can be pinned and those that cannot: a name that agents could
 * not be shown, one that comes twice, or an input schema that is rejected.
 */
export const validateTools = async (
  slug: string,
  offered: readonly DiscoveredTool[],
): Promise<{ usable: DiscoveredTool[]; rejected: UnsupportedTool[] }> => {
  const usable: DiscoveredTool[] = [];
  const rejected: UnsupportedTool[] = [];
  const counts = Map.groupBy(offered, (tool) => tool.name);
  const giveUpAt = performance.now() + MAX_ELAPSED_MS;
  for (const tool of offered) {
    await letOthersRun();
    const isLate = performance.now() > giveUpAt;
    const reason = isLate
      ? 'checking the tools before it took too long'
      : (rejectionOf(slug, tool, counts.get(tool.name)?.length ?? 1) ??
        (await schemaRejection(tool)));
    if (reason === null) usable.push(tool);
    else rejected.push({ name: tool.name, reason });
  }
  return { usable, rejected };
};

const rejectionOf = (slug: string, tool: DiscoveredTool, count: number): string | null => {
  if (!/^[A-Za-z0-9_.-]+$/.test(tool.name)) {
    return 'its name has characters other than letters, digits and _ . -';
  }
  if (tool.name.length > maxToolNameLength(slug)) {
    return `its name is too long: ${slug}__ and the name have at most ${MAX_EXPOSED_NAME_LENGTH} characters`;
  }
  if (!isStorable(tool)) return 'its definition holds a character that cannot be stored';
  if (JSON.stringify(tool).length > MAX_DEFINITION_LENGTH) return 'its definition is too large';
  return count > 1 ? 'its name comes more than once' : null;
};

const schemaRejection = async ({ inputSchema }: DiscoveredTool): Promise<string | null> => {
  const reasons = await checkInputSchema(inputSchema);
  return reasons.length === 0 ? null : `its input schema is rejected: ${reasons.join(' ')}`;
};

const MAX_REASON_LENGTH = 1000;
const MAX_NAMED = 10;

/** The rejected tools in words, for the tool server's page: bounded, whatever the names are. */
export const describeRejected = (rejected: readonly UnsupportedTool[]): string | null => {
  if (rejected.length === 0) return null;
  const named = rejected
    .slice(0, MAX_NAMED)
    .map(({ name, reason }) => `${printable(name)}: ${printable(reason)}`);
  const more = rejected.length > MAX_NAMED ? `; and ${rejected.length - MAX_NAMED} more` : '';
  return `${rejected.length} not pinned. ${named.join('; ')}${more}`.slice(0, MAX_REASON_LENGTH);
};

/** Somebody else's text on one line of ours. */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300);
