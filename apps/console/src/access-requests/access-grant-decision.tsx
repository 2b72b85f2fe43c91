import { useQuery } from '@tanstack/react-query';
import type { AccessRequestDetail, PolicyVersionDetail } from '../api/types.js';
import { RevokeAccessGrant } from '../policies/versions/revoke-access-grant.js';
import { ImpactTable } from '../policies/versions/impact-table.js';
import { VersionActions } from '../policies/versions/version-actions.js';
import { useCan } from '../sign-in/session-store.js';
import { TextLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { Failed, Loading } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';

/** The access grant's version: what it would change, and publishing, rejecting or ending it. */
export const AccessGrantDecision = ({ request }: { request: AccessRequestDetail }) => {
  const { getOne } = useApi();
  const canRead = useCan()('read', 'PolicyVersion');
  const versionId = request.grant?.versionId ?? '';
  const isLive = request.state === 'drafted' || request.state === 'granted';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['policy-versions', 'whole', versionId, request.grant?.state],
    queryFn: async ({ signal }): Promise<PolicyVersionDetail> =>
      (await getOne('policy-versions', { id: versionId, signal })).data,
    enabled: canRead && versionId !== '' && isLive,
  });
  if (!canRead || versionId === '' || !isLive) return null;
  if (isPending) return <Loading what="what the grant would change" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <Section
      title={
        data.state === 'in_review'
          ? 'What it would change, if it were published now'
          : 'The access grant'
      }
      aside={<TextLink to={`/policy-versions/${data.id}`}>As a change of policies</TextLink>}
    >
      {data.state === 'in_review' && <ImpactTable impact={data.impact} />}
      <VersionActions version={data} />
      <RevokeAccessGrant version={data} />
    </Section>
  );
};
