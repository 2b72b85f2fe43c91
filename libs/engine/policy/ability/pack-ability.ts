import { packRules } from '@casl/ability/extra';
import type { PolicySnapshot } from '../compile/snapshot.js';
import { AbilityRules, type AbilityTool } from './ability-rules.js';
import { packTool, type PackedAbility } from './packed-ability.js';

/** Whose ability, and for which tools. */
export interface AbilityScope {
  readonly agentId: string;
  readonly tools: readonly AbilityTool[];
  /** Whether the agent acts for a person, whose rules it is not told. */
  readonly isForPerson: boolean;
  readonly now: Date;
}

const MAX_AGE_MS = 60_000;

/**
 * An agent's own rules for tools that it may list: what `decide` evaluates for them, without names, reasons,
 * selectors and ends. Marked `ask` is what depends on anything else: a hold, an allow on behalf of a
 * person, a condition on an argument that the tool's schema may fill in.
 */
export function packAbility(snapshot: PolicySnapshot, scope: AbilityScope): PackedAbility {
  const { agentId, tools, now } = scope;
  const rights = snapshot.rightsOfAgent(agentId);
  const rules = new AbilityRules(scope.isForPerson);
  let expiresMs = now.getTime() + MAX_AGE_MS;
  for (const tool of rights === null ? [] : tools) {
    const table = rights && snapshot.table(rights, tool.id, now);
    if (table === null || 'effect' in table) continue;
    expiresMs = Math.min(expiresMs, table.expiresAtMs);
    if (tool.isBlocked) rules.block(tool);
    else rules.add(tool, table.deciders);
  }
  return {
    rules: packRules(rules.inOrder(), packTool),
    expiresAt: new Date(expiresMs).toISOString(),
  };
}
