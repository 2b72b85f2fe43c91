import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { ToolServer } from '../../api/types.js';
import { useCan } from '../../sign-in/session-store.js';
import { TextInput } from '../../shared/form.js';
import { ReasonDialog } from '../../shared/reason-dialog.js';
import { ForbiddenHint } from '../../shared/states.js';
import { useApi } from '../../shared/use-api.js';
import { URL_MAX, urlProblem } from './tool-server-options.js';

/** Lets those who register tool servers have one asked again for its tools. */
export const RefreshTools = ({ server }: { server: ToolServer }) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  if (!can('register', 'ToolServer')) {
    return <ForbiddenHint action="register" subject="ToolServer" what="have it discovered again" />;
  }
  return (
    <>
      <Button
        variant={server.state === 'failed' ? 'contained' : 'outlined'}
        onClick={() => setAsking(true)}
      >
        Discover again…
      </Button>
      {isAsking && <DiscoverDialog server={server} onClose={() => setAsking(false)} />}
    </>
  );
};

const DiscoverDialog = ({ server, onClose }: { server: ToolServer; onClose: () => void }) => {
  const { refreshTools } = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [openapiUrl, setOpenapiUrl] = useState('');
  const canMove = server.toolCount === 0;
  const isRest = server.kind === 'rest';
  const problem = urlProblem(url) ?? urlProblem(openapiUrl);
  const done = (): void => {
    notify(
      canMove
        ? 'Its tools are being discovered.'
        : 'It is being asked: load this screen again in a moment.',
      { type: 'success' },
    );
    void queryClient.invalidateQueries();
    onClose();
  };
  return (
    <ReasonDialog
      title={`Discover the tools of ${server.slug} again?`}
      verb="Discover again"
      verbing="Asking"
      isIncomplete={problem !== null}
      act={(reason) =>
        refreshTools(server.id, {
          reason,
          ...(url === '' ? {} : { url }),
          ...(openapiUrl === '' ? {} : { openapiUrl }),
        })
      }
      onDone={done}
      onClose={onClose}
    >
      {canMove
        ? 'It is asked for its tools, and what it offers is pinned. Where its address was wrong, give the right one.'
        : 'It is asked for its tools. What is pinned stays as it is; what differs or is new is named on this screen. Its address cannot be changed any more.'}
      {canMove && (
        <Box sx={{ display: 'grid', gap: 1.5, mt: 1.5 }}>
          <TextInput
            source="url"
            label={isRest ? 'New base address of the service' : 'New streamable HTTP endpoint'}
            value={url}
            onChange={setUrl}
            type="url"
            maxLength={URL_MAX}
            hint={urlProblem(url) ?? `Empty: it stays ${server.url}`}
          />
          {isRest && (
            <TextInput
              source="openapiUrl"
              label="New address of its OpenAPI document"
              value={openapiUrl}
              onChange={setOpenapiUrl}
              type="url"
              maxLength={URL_MAX}
              hint={urlProblem(openapiUrl) ?? 'Empty: it stays as it is.'}
            />
          )}
        </Box>
      )}
    </ReasonDialog>
  );
};
