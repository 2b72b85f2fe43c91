import { Alert, Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { PolicyVersionDetail } from '../../api/types.js';
import { versionFacts } from '../../sign-in/ability.js';
import { useCan, useSession } from '../../sign-in/session-store.js';
import { TextLink } from '../../shared/links.js';
import { AskDialog } from '../../shared/ask-dialog.js';
import { ReasonDialog } from '../../shared/reason-dialog.js';
import { useApi } from '../../shared/use-api.js';
import { formatCount } from '../../shared/format.js';

/** Publish or reject a version in review; for those who cannot, why and who can. */
export const VersionActions = ({ version }: { version: PolicyVersionDetail }) => {
  const can = useCan();
  const session = useSession();
  const [asking, setAsking] = useState<Verdict | 'propose' | null>(null);
  if (version.state !== 'in_review') return null;

  const facts = versionFacts(version);
  const isOwn = isOwnOf(version, session?.person.id);
  const { proposedChange } = version;
  // What an author proposed may show by now what is not so any more.
  const canPropose = (proposedChange === null || isOwn) && can('publish', 'PolicyVersion', facts);

  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      {proposedChange?.canConfirm !== true && (
        <Alert severity="info" sx={{ flex: 1, minWidth: 300 }}>
          <WhyNotPublish version={version} />
        </Alert>
      )}
      {proposedChange?.canConfirm === true && (
        <Button
          variant="contained"
          disabled={!version.publishable}
          onClick={() => setAsking('publish')}
        >
          Publish…
        </Button>
      )}
      {canPropose && (
        <Button disabled={!version.publishable} onClick={() => setAsking('propose')}>
          {proposedChange === null ? 'Propose its publication…' : 'Propose it anew…'}
        </Button>
      )}
      {can('reject', 'PolicyVersion', facts) && (
        <Button color="error" onClick={() => setAsking('reject')}>
          {isOwn ? 'Withdraw…' : 'Reject…'}
        </Button>
      )}
      {asking === 'propose' && <ProposeDialog version={version} onClose={() => setAsking(null)} />}
      {asking !== null && asking !== 'propose' && (
        <DecideDialog
          version={version}
          verdict={asking === 'reject' && isOwn ? 'withdraw' : asking}
          onClose={() => setAsking(null)}
        />
      )}
    </Box>
  );
};

const WhyNotPublish = ({ version: { proposedChange } }: { version: PolicyVersionDetail }) =>
  proposedChange === null ? (
    <>
      Nobody is asked to confirm this: its publication was not proposed, or not confirmed in time,
      or anybody who proposed it left or was signed out.
    </>
  ) : (
    <>
      {proposedChange.whyNotConfirm}{' '}
      <TextLink to={`/proposed-changes/${proposedChange.id}`}>See the proposed change</TextLink>
    </>
  );

const ProposeDialog = ({
  version,
  onClose,
}: {
  version: PolicyVersionDetail;
  onClose: () => void;
}) => {
  const { proposePublication } = useApi();
  return (
    <AskDialog
      title={`Propose to publish ${version.policy.name}, version ${version.number}?`}
      verb="Propose it"
      verbing="Proposing"
      act={() => proposePublication(version.id)}
      onDone={onClose}
      onClose={onClose}
    >
      Another person, who did not write it either, confirms it.
    </AskDialog>
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

type Verdict = keyof typeof WORDS;

const DecideDialog = ({
  version,
  verdict,
  onClose,
}: {
  version: PolicyVersionDetail;
  verdict: Verdict;
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
