import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { SigningKey } from '../../api/types.js';
import { Badge } from '../../shared/badge.js';
import type { BadgeName } from '../../shared/badges.js';
import { CopyLine } from '../../shared/copy-line.js';
import { CopyableId } from '../../shared/copyable.js';
import { useNow } from '../../shared/now.js';
import { Page, Section } from '../../shared/page.js';
import { PlainTable } from '../../shared/plain-table.js';
import { Empty, Failed, RequirePermission, Loading } from '../../shared/states.js';
import { CopyableTime, Time } from '../../shared/time.js';
import { useApi } from '../../shared/use-api.js';
import { RotateKey } from './rotate-key.js';

/** The keys that sign the tokens which Gatehouse itself issues, and until when each is valid. */
export const SigningKeysPage = () => (
  <RequirePermission subject="SigningKey" what="see the signing keys">
    <KeysBody />
  </RequirePermission>
);

const KeysBody = () => {
  const { signingKeys } = useApi();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['signing-keys'],
    queryFn: ({ signal }) => signingKeys(signal),
  });
  return (
    <Page title="Signing keys" actions={<RotateKey />}>
      <Box sx={{ color: 'text.secondary' }}>
        They sign the short-lived tokens that our own token endpoint issues. A new key is published
        before it signs, and stays published until the last token that it signed has ended. It is
        replaced on schedule by itself.
      </Box>
      <Section title="Keys">
        {isPending ? (
          <Loading what="the keys" />
        ) : error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : data.items.length === 0 ? (
          <Empty title="There is no key yet">
            The first one is made when the first token is asked for, or when you rotate.
          </Empty>
        ) : (
          <Keys keys={data.items} />
        )}
      </Section>
      <CopyLine
        label="Where they are published (JWKS), for those who check our tokens"
        value={`${window.location.origin}/oauth/jwks`}
      />
    </Page>
  );
};

const Keys = ({ keys }: { keys: readonly SigningKey[] }) => {
  const now = useNow();
  return (
    <PlainTable
      label="Signing keys"
      rows={keys}
      rowKey={({ id }) => id}
      columns={[
        { name: 'Key id (kid)', render: ({ id }) => <CopyableId id={id} /> },
        { name: 'State', render: (key) => <Badge name={badgeOf(key, now)} /> },
        { name: 'Algorithm', render: ({ algorithm }) => algorithm },
        { name: 'Made', render: ({ createdAt }) => <CopyableTime at={createdAt} /> },
        { name: 'Signs from', render: ({ signsFrom }) => <Moment at={signsFrom} now={now} /> },
        { name: 'Signs until', render: ({ signsUntil }) => <Moment at={signsUntil} now={now} /> },
        {
          name: 'Published until',
          render: ({ publishedUntil }) => <Moment at={publishedUntil} now={now} />,
        },
      ]}
    />
  );
};

const Moment = ({ at, now }: { at: string; now: number }) => (
  <Time at={at} isToCome={Date.parse(at) > now} />
);

const badgeOf = (key: SigningKey, now: number): BadgeName => {
  if (key.isSigning) return 'key:signing';
  if (Date.parse(key.publishedUntil) <= now) return 'key:withdrawn';
  return Date.parse(key.signsFrom) > now ? 'key:waiting' : 'key:published';
};
