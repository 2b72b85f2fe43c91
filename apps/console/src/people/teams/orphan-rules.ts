import type { OrphanRule } from '../../api/types.js';

/** What becomes of a team's agents when their owner leaves. */
export const ORPHAN_RULES: readonly { id: OrphanRule; name: string; meaning: string }[] = [
  {
    id: 'suspend',
    name: 'Suspend them',
    meaning: 'Its agents stop until somebody takes them over. The safe choice.',
  },
  {
    id: 'reassign',
    name: 'Give them to somebody',
    meaning: 'One person takes them over at once, and they go on.',
  },
  {
    id: 'flag',
    name: 'Only flag them',
    meaning: 'They go on without an owner, and an alert says so.',
  },
];

export const isOrphanRule = (id: string): id is OrphanRule =>
  ORPHAN_RULES.some((rule) => rule.id === id);

export const findOrphanRule = (id: OrphanRule) => ORPHAN_RULES.find((rule) => rule.id === id);
