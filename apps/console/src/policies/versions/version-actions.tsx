import { Alert, Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { PolicyVersionDetail } from '../../api/types.js';
import { versionFacts } from '../../sign-in/ability.js';
import { useCan, useSession } from '../../sign-in/session-store.js';
import { ROLE_LABELS } from '../../sign-in/who-can.js';
import { ReasonDialog } from '../../shared/reason-dialog.js';
import { useApi } from '../../shared/use-api.js';
import { formatCount } from '../../shared/format.js';

/** Publish or reject; on one's own proposal, why not and who can. */
export const VersionActions = ({ version }: { version: PolicyVersionDetail }) => {
  const can = useCan();
  const session = useSession();
  const [asking, setAsking] = useState<'publish' | 'reject' | null>(null);
  if (version.state !== 'in_review') return null;

  const facts = versionFacts(version);
  const canPublish = can('publish', 'PolicyVersion', facts);
  const canReject = can('reject', 'PolicyVersion', facts);
  const isOwn = isOwnOf(version, session?.person.id);
  const isAccessGrant = version.kind === 'access_grant';
  // Of the two roles that publish, each has its own kind.
  const who = ROLE_LABELS[isAccessGrant ? 'it' : 'security'];

  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      {!canPublish && (
        <Alert severity="info" sx={{ flex: 1, minWidth: 300 }}>
          {isOwn
            ? `This is your own proposal: a second person must decide it. Anybody else with the role ${who} can publish or reject it.`
            : `Only ${who} may publish ${isAccessGrant ? 'an access grant, and nobody may publish what they drafted or asked for' : 'or reject a change, and nobody may publish their own'}. A member who was added a moment ago must wait.`}
        </Alert>
      )}
      {canPublish && (
        <Button
          variant="contained"
          disabled={!version.publishable}
          onClick={() => setAsking('publish')}
        >
          Publish…
        </Button>
      )}
      {canReject && (
        <Button color="error" onClick={() => setAsking('reject')}>
          {isOwn ? 'Withdraw…' : 'Reject…'}
        </Button>
      )}
      {asking !== null && (
        <DecideDialog
          version={version}
          verdict={asking === 'reject' && isOwn ? 'withdraw' : asking}
          onClose={() => setAsking(null)}
        />
      )}
    </Box>
  );
};

const isOwnOf = (version: PolicyVersionDetail, personId: string | undefined): boolean =>
  version.proposedBy !== null && version.proposedBy.id === personId;

// For the API to withdraw is to reject: the version's history says that its own author did.
const WORDS = {
  publish: { verb: 'Publish', verbing: 'Publishing', done: 'active' },
  reject: { verb: 'Reject', verbing: 'Rejecting', done: 'rejected' },
  withdraw: { verb: 'Withdraw', verbing: 'Withdrawing', done: 'withdrawn' },
} as const;

const DecideDialog = ({
  version,
  verdict,
  onClose,
}: {
  version: PolicyVersionDetail;
  verdict: keyof typeof WORDS;
  onClose: () => void;
}) => {
  const { publishPolicyVersion, rejectPolicyVersion } = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const name = `${version.policy.name}, version ${version.number}`;
  const isPublishing = verdict === 'publish';
  const { verb, verbing, done } = WORDS[verdict];

  const decide = async (note: string): Promise<PolicyVersionDetail> => {
    try {
      return await (isPublishing ? publishPolicyVersion : rejectPolicyVersion)(version.id, note);
    } finally {
      // Rejected because it is stale or was decided since: the screen behind must say so too.
      void queryClient.invalidateQueries();
    }
  };

  return (
    <ReasonDialog
      title={`${verb} ${name}?`}
      label="Note"
      verb={verb}
      verbing={verbing}
      isDangerous={!isPublishing}
      warning={isPublishing ? 'It applies to the next call, on every replica.' : null}
      act={decide}
      onDone={() => {
        notify(`${name} is ${done}.`, { type: 'success' });
        onClose();
      }}
      onClose={onClose}
    >
      {isPublishing
        ? `The answer changes for ${formatCount(version.impact.length, 'pair')} of agent and tool.`
        : 'The proposal ends here; the active text stays as it is.'}
    </ReasonDialog>
  );
};
