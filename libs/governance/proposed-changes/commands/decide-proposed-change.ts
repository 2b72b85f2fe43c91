import {
  changeOf,
  decideProposedChange,
  lockProposedChange,
  type ProposedChange,
} from '#libs/engine/commands';
import { textSchema } from '#libs/platform/http';
import { DomainError, personIdOf } from '#libs/platform/kernel';
import { z } from 'zod';

/** Why somebody decides as they do. */
export const decisionNoteSchema = z.strictObject({ note: textSchema(500).min(3) });

const changeOfProposal = changeOf('ProposedChange', async ({ tx }, id) => {
  const change = await lockProposedChange(tx, id);
  return change === null ? null : { ...change, name: change.subjectName };
});

const decision = (name: string, action: 'reject' | 'withdraw', state: 'rejected' | 'withdrawn') =>
  changeOfProposal({
    name,
    action,
    changesRights: false,
    emergency: { stays: 'it takes rights away' },
    input: decisionNoteSchema,
    async run(ctx, { id, note }, change) {
      const { tx, now, actor } = ctx;
      assertOpen(change);
      await decideProposedChange(tx, id, { state, byId: personIdOf(actor), at: now, note });
      const { command, proposedById, subjectId } = change;
      await ctx.endAccess({ kind: 'proposal', id: subjectId, reason: state, command, note });
      return {
        output: { id },
        subject: change,
        facts: { proposedCommand: command, proposedById, aboutId: subjectId },
        reason: note,
      };
    },
  });

const assertOpen = ({ state }: Pick<ProposedChange, 'state'>): void => {
  if (state === 'open') return;
  throw new DomainError('conflict', `This change is ${state} already.`);
};

/** Decides that a proposed change is not made. */
export class RejectProposedChange extends decision(
  'reject-proposed-change',
  'reject',
  'rejected',
) {}

/** The person who proposed a change withdraws it. */
export class WithdrawProposedChange extends decision(
  'withdraw-proposed-change',
  'withdraw',
  'withdrawn',
) {}
