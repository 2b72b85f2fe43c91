import { Box } from '@mui/material';
import type { ProposedChangeDetail } from '../api/types.js';
import { proposedChangeFacts } from '../sign-in/ability.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';
import { commandText } from './command-text.js';

/** Confirm, reject or withdraw a change that waits: each only for those who can. */
export const ProposedChangeActions = ({ change }: { change: ProposedChangeDetail }) => {
  const { confirmProposedChange, rejectProposedChange, withdrawProposedChange } = useApi();
  if (change.state !== 'open') return null;
  const what = `${commandText(change.command)}: ${change.subject.name}`;
  const common = {
    subject: 'ProposedChange',
    instance: proposedChangeFacts(change),
    reasonLabel: 'Note',
  } as const;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {/* What does not open cannot be confirmed: nobody sees what it would change. */}
      {change.canConfirm && change.effect !== null && (
        <ReasonButton
          {...common}
          action="confirm"
          label="Confirm…"
          title="Confirm this change?"
          verb="Confirm the change"
          verbing="Confirming"
          warning="The change is made at once, on every replica."
          act={(note) => confirmProposedChange(change.id, note)}
          done="Confirmed: the change was made."
        >
          {what}. The ledger names you beside who proposed it.
        </ReasonButton>
      )}
      <ReasonButton
        {...common}
        action="reject"
        label="Reject…"
        title="Reject this change?"
        verb="Reject the change"
        verbing="Rejecting"
        isDangerous
        warning={null}
        act={(note) => rejectProposedChange(change.id, note)}
        done="Rejected: nothing was changed."
      >
        {what}. It is not made; it can be proposed again.
      </ReasonButton>
      <ReasonButton
        {...common}
        action="withdraw"
        label="Withdraw…"
        title="Withdraw this change?"
        verb="Withdraw the change"
        verbing="Withdrawing"
        isDangerous
        warning={null}
        act={(note) => withdrawProposedChange(change.id, note)}
        done="Withdrawn: nothing was changed."
      >
        {what}. It is not made; you can propose it again.
      </ReasonButton>
    </Box>
  );
};
