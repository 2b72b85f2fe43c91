import type { OnAccessEnded } from '#libs/engine/commands';
import { applyOrphanRule, orphanFacts } from './orphans/apply-orphan-rule.js';

/** Applies its team's orphan rule to each agent of a person who is deactivated. */
export const onAccessEnded: OnAccessEnded = async (ctx, { kind, id, reason }) =>
  kind === 'person' && reason === 'deactivated' ? orphanFacts(await applyOrphanRule(ctx, id)) : {};
