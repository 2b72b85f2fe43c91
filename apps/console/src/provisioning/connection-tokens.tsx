import { Box } from '@mui/material';
import type { ScimConnection, ScimToken } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { PersonLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { ReasonButton } from '../shared/reason-button.js';
import { Empty } from '../shared/states.js';
import { CopyableTime, Time } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';
import { MONOSPACE } from '../theme.js';
import { CreateToken } from './create-token.js';
import { RotateToken } from './rotate-token.js';

/** The tokens with which the client comes: never themselves, but whose they are and when they were used. */
export const ConnectionTokens = ({ connection }: { connection: ScimConnection }) => (
  <Section title="Tokens" aside={<CreateToken connection={connection} />}>
    {connection.tokens.length === 0 ? (
      <Empty title="It has no token yet">
        Without one the client is rejected. Create one and enter it there; it is shown once.
      </Empty>
    ) : (
      <PlainTable
        label={`Tokens of ${connection.name}`}
        rows={connection.tokens}
        rowKey={({ id }) => id}
        columns={[
          {
            name: 'Begins with',
            render: ({ prefix }) => (
              <Box component="span" sx={{ fontFamily: MONOSPACE }} className="nowrap">
                {prefix}…
              </Box>
            ),
          },
          { name: 'State', render: ({ state }) => <Badge name={`scim-token:${state}`} /> },
          { name: 'Scopes', render: ({ scopes }) => scopes.join(', ') },
          {
            name: 'Created',
            render: ({ createdAt, createdBy }) => (
              <>
                <CopyableTime at={createdAt} />
                {createdBy !== null && (
                  <>
                    {' '}
                    by <PersonLink person={createdBy} />
                  </>
                )}
              </>
            ),
          },
          { name: 'Ends', render: (token) => <Ends token={token} /> },
          { name: 'Last use', render: (token) => <LastUse token={token} /> },
          { name: '', render: (token) => <TokenActions connection={connection} token={token} /> },
        ]}
      />
    )}
  </Section>
);

const Ends = ({ token }: { token: ScimToken }) =>
  token.revokedAt !== null ? (
    <>
      revoked <Time at={token.revokedAt} />
    </>
  ) : (
    <Time at={token.expiresAt} isToCome />
  );

const LastUse = ({ token }: { token: ScimToken }) =>
  token.lastUsedAt === null ? (
    <>never</>
  ) : (
    <>
      <Time at={token.lastUsedAt} />
      {token.lastUsedFrom !== null && ` from ${token.lastUsedFrom}`}
    </>
  );

const TokenActions = ({ connection, token }: { connection: ScimConnection; token: ScimToken }) => {
  const { revokeScimToken } = useApi();
  if (token.state !== 'active' && token.state !== 'waiting') return null;
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {token.state === 'active' && <RotateToken connection={connection} token={token} />}
      <ReasonButton
        label="Revoke…"
        action="revoke"
        subject="ScimConnection"
        title={`Revoke the token ${token.prefix}…?`}
        verb="Revoke the token"
        verbing="Revoking"
        isDangerous
        act={(reason) => revokeScimToken(connection.id, token.id, reason)}
        done="The token is revoked."
      >
        The client’s next request with it is rejected. Until it has another one, joiners, leavers
        and groups stand still. To change it without a gap, rotate it instead.
      </ReasonButton>
    </Box>
  );
};
