import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Issuer } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { profileName } from './token-profiles.js';

const Column = DataTable.Col<Issuer>;

export const IssuerList = () => {
  const canTrust = useCan()('register', 'Issuer');
  return (
    <ListPage
      resource="issuers"
      subject="Issuer"
      title="Issuers"
      one="issuer"
      actions={
        canTrust ? (
          <Button component={Link} to="/issuers/trust" variant="contained">
            Trust an issuer
          </Button>
        ) : (
          <ForbiddenHint action="register" subject="Issuer" what="trust an issuer" />
        )
      }
      empty={
        <Empty title="No token issuer is trusted yet">
          Without one the gateway accepts no token at all.
        </Empty>
      }
    >
      <Column
        source="name"
        label="Name"
        disableSort
        render={({ id, name }) => <TextLink to={`/issuers/${id}`}>{name}</TextLink>}
      />
      <Column
        source="retiredAt"
        label="State"
        disableSort
        render={({ retiredAt }) => (
          <Badge name={retiredAt === null ? 'issuer:trusted' : 'issuer:retired'} />
        )}
      />
      <Column
        source="profile"
        label="Token profile"
        disableSort
        render={({ profile }) => <span className="nowrap">{profileName(profile)}</span>}
      />
      <Column
        source="url"
        label="Issuer"
        disableSort
        render={({ url }) => <CopyableId id={url} />}
      />
      <Column
        source="audiences"
        label="Audiences"
        disableSort
        render={({ audiences }) => <Audiences audiences={audiences} />}
      />
      <Column
        source="signIn"
        label="Sign-in"
        disableSort
        render={({ signIn }) =>
          signIn === null ? (
            'not set up'
          ) : (
            <Badge name={signIn.enabled ? 'sign-in:on' : 'sign-in:off'} />
          )
        }
      />
      <Column
        source="bindingCount"
        label="Bindings"
        disableSort
        align="right"
        render={({ bindingCount }) => bindingCount}
      />
    </ListPage>
  );
};

const SHOWN = 2;

const Audiences = ({ audiences }: { audiences: readonly string[] }) => (
  <>
    {audiences.slice(0, SHOWN).map((audience) => (
      <div key={audience}>
        <CopyableId id={audience} />
      </div>
    ))}
    {audiences.length > SHOWN && `and ${audiences.length - SHOWN} more`}
  </>
);
