import type { RawRule } from '@casl/ability';
import type { PackRule } from '@casl/ability/extra';
import type { JsonObject } from '#libs/platform/kernel';

/**
 * What a rule of a packed ability asks beyond its tool; left out, it always applies. For `compileAbility` only:
 * CASL's own matcher would take it for fields of an object, and let a call escape a deny.
 */
export interface AbilityConditions {
  /** As in a policy's text. */
  readonly when?: JsonObject;
  /** Only the gateway can answer: the rule depends on what it does not tell. */
  readonly ask?: true;
}

/** A rule that an agent may see: no name, no reason, no selector. */
export type AbilityRule = RawRule<['call', string], AbilityConditions>;

/** What one agent may do, as CASL packs it; advice only, because the gateway evaluates every call anew. */
export interface PackedAbility {
  /** The last that applies to a call decides; without one the call is denied. */
  readonly rules: readonly PackRule<AbilityRule>[];
  /** From then on nothing of it counts. */
  readonly expiresAt: string;
}

// CASL joins and splits a rule's subjects at commas, and a tool's name may hold one.
export const packTool = (keys: string | string[]): string =>
  [keys]
    .flat()
    .map((key) => key.replace(/[%,]/g, encodeURIComponent))
    .join(',');
export const unpackTool = decodeURIComponent;
