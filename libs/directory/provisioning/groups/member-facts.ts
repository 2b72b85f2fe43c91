import type { Change, CommandContext } from '#libs/engine/commands';
import { notePrivilegedMembers } from '#libs/directory/roles';
import type { MembersMoved } from './members.repository.js';

// As many ids as one fact of the ledger may hold; `changes` has all of them.
const FACT_IDS = 256;

/** What a change of members writes into its entry; raises the alert when the group gives a role. */
export const memberFacts = async (
  ctx: CommandContext,
  groupId: string,
  { added, removed }: MembersMoved,
): Promise<
  Pick<Change<unknown>, 'facts'> & { changes: { added: string[]; removed: string[] } }
> => ({
  facts: {
    membersAdded: added.length,
    membersAddedIds: added.slice(0, FACT_IDS),
    membersRemoved: removed.length,
    membersRemovedIds: removed.slice(0, FACT_IDS),
    ...(await notePrivilegedMembers(ctx, groupId, added)),
  },
  changes: { added, removed },
});
