import { Button } from '@mui/material';
import { DataTable } from 'react-admin';
import { Link } from 'react-router-dom';
import type { SignalStream } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { TextLink } from '../shared/links.js';
import { ListPage } from '../shared/list-page.js';
import { Quoted } from '../shared/quoted.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';

const Column = DataTable.Col<SignalStream>;

export const StreamList = () => {
  const canRegister = useCan()('register', 'SignalStream');
  return (
    <ListPage
      resource="signal-streams"
      subject="SignalStream"
      title="Shared Signals"
      one="stream"
      actions={
        canRegister ? (
          <Button component={Link} to="/signal-streams/register" variant="contained">
            Receive a stream
          </Button>
        ) : (
          <ForbiddenHint action="register" subject="SignalStream" what="receive a stream" />
        )
      }
      empty={
        <Empty title="No stream is received yet">
          An identity provider with Shared Signals (CAEP) tells us when a session ends, a credential
          changes or a device is not compliant any more; access then ends here too.
        </Empty>
      }
    >
      <Column
        source="issuer"
        label="From"
        disableSort
        render={({ id, issuer }) => <TextLink to={`/signal-streams/${id}`}>{issuer.name}</TextLink>}
      />
      <Column
        source="enabled"
        label="State"
        disableSort
        render={({ enabled }) => <Badge name={enabled ? 'stream:on' : 'stream:off'} />}
      />
      <Column
        source="delivery"
        label="Delivery"
        disableSort
        render={({ delivery }) => (delivery === 'push' ? 'pushed to us' : 'polled by us')}
      />
      <Column
        source="lastReceivedAt"
        label="Last signal"
        disableSort
        render={({ lastReceivedAt }) =>
          lastReceivedAt === null ? 'none yet' : <Time at={lastReceivedAt} />
        }
      />
      <Column
        source="lastError"
        label="Last error"
        disableSort
        render={({ lastError }) =>
          lastError === null ? 'none' : <Quoted text={lastError} max={80} />
        }
      />
    </ListPage>
  );
};
