import { Alert } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { PolicyDetail, PolicyVersionDetail } from '../api/types.js';
import { TextDiff } from './versions/text-diff.js';
import { TextLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { Failed, Loading } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { ProposalForm } from './proposal-form.js';

/** The text of an earlier version, or of a proposal that became stale, proposed anew. */
export const ProposeAgain = ({ policy, fromId }: { policy: PolicyDetail; fromId: string }) => {
  const { getOne } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['policy-versions', 'whole', fromId],
    queryFn: async ({ signal }): Promise<PolicyVersionDetail> =>
      (await getOne('policy-versions', { id: fromId, signal })).data,
  });
  if (isPending) return <Loading what="the earlier text" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const isStale = data.state === 'in_review';
  const link = <TextLink to={`/policy-versions/${data.id}`}>version {data.number}</TextLink>;
  return (
    <>
      <Alert severity={isStale ? 'warning' : 'info'}>
        {isStale ? (
          <>
            This is the text of {link}. <strong>The active text moved since it was written</strong>:
            take over what is new in it, or this proposal undoes that.
          </>
        ) : (
          <>This is the text of {link}, to be proposed again on top of the active text.</>
        )}
      </Alert>
      {policy.currentText !== null && (
        <Section title="What that text changes against the active one">
          <TextDiff before={policy.currentText} after={data.currentText} />
        </Section>
      )}
      <ProposalForm
        key={`${policy.active?.id ?? 'none'} ${data.id}`}
        policy={policy}
        initialText={data.currentText}
        initialNote={isStale ? data.note : `Back to version ${data.number}`}
        draftName={`:${data.id}`}
      />
    </>
  );
};
