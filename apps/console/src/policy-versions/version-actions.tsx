import { Alert, Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { PolicyVersionDetail } from '../api/types.js';
import { versionFacts } from '../session/ability.js';
import { useMay, useSession } from '../session/session-store.js';
import { whoMay } from '../session/who-may.js';
import { ReasonDialog } from '../shared/reason-dialog.js';
import { useApi } from '../shared/use-api.js';
import { counted } from '../shared/words.js';

/** Publish or reject; on one's own proposal, why not and who can. */
export const VersionActions = ({ version }: { version: PolicyVersionDetail }) => {
  const may = useMay();
  const session = useSession();
  const [asking, setAsking] = useState<'publish' | 'reject' | null>(null);
  if (version.state !== 'in_review') return null;

  const facts = versionFacts(version);
  const mayPublish = may('publish', 'PolicyVersion', facts);
  const mayReject = may('reject', 'PolicyVersion', facts);
  const who = whoMay('publish', 'PolicyVersion') ?? 'somebody else';

  if (!mayPublish && !mayReject) {
    return (
      <Alert severity="info">
        {version.proposedBy?.id === session?.person.id
          ? `This is your own proposal: a second person must decide it. Anybody else with the role ${who} can publish or reject it.`
          : `Only ${who} may publish or reject a change, and nobody their own.`}
      </Alert>
    );
  }
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {mayPublish && (
        <Button
          variant="contained"
          disabled={!version.publishable}
          onClick={() => setAsking('publish')}
        >
          Publish…
        </Button>
      )}
      {mayReject && (
        <Button color="error" onClick={() => setAsking('reject')}>
          Reject…
        </Button>
      )}
      {asking !== null && (
        <DecideDialog version={version} verdict={asking} onClose={() => setAsking(null)} />
      )}
    </Box>
  );
};

const DecideDialog = ({
  version,
  verdict,
  onClose,
}: {
  version: PolicyVersionDetail;
  verdict: 'publish' | 'reject';
  onClose: () => void;
}) => {
  const { publishPolicyVersion, rejectPolicyVersion } = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const name = `${version.policy.name}, version ${version.number}`;
  const isPublishing = verdict === 'publish';

  const decide = async (note: string): Promise<PolicyVersionDetail> => {
    try {
      return await (isPublishing ? publishPolicyVersion : rejectPolicyVersion)(version.id, note);
    } finally {
      // Refused because it is stale or was decided meanwhile: the screen behind must say so too.
      void queryClient.invalidateQueries();
    }
  };

  return (
    <ReasonDialog
      title={isPublishing ? `Publish ${name}?` : `Reject ${name}?`}
      label="Note"
      verb={isPublishing ? 'Publish' : 'Reject'}
      verbing={isPublishing ? 'Publishing' : 'Rejecting'}
      isDangerous={!isPublishing}
      warning={isPublishing ? 'It applies to the next call, on every replica.' : null}
      act={decide}
      onDone={() => {
        notify(isPublishing ? `${name} is active.` : `${name} is rejected.`, { type: 'success' });
        onClose();
      }}
      onClose={onClose}
    >
      {isPublishing
        ? `The answer changes for ${counted(version.impact.length, 'pair')} of agent and tool.`
        : 'The proposal ends here; the active text stays as it is.'}
    </ReasonDialog>
  );
};
