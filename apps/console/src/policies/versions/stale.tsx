import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import type { Agent, PolicyVersionDetail, Tool } from '../../api/types.js';
import { proposeAgainPath } from '../propose-paths.js';
import { useCan } from '../../sign-in/session-store.js';
import { TextLink } from '../../shared/links.js';
import { DenyToolDialog } from './deny-tool-dialog.js';

/** Why a proposal can no longer be published, and the way to make the same change again. */
export const Stale = ({ version }: { version: PolicyVersionDetail }) => {
  const canPropose = useCan()('propose', 'PolicyVersion');
  const denial = useDenial(version);
  const [isAsking, setAsking] = useState(false);
  if (!isStale(version)) return null;
  const again = proposeAgainPath(version.policy.id, version.id);
  return (
    <Alert
      severity="warning"
      action={
        denial !== null && canPropose ? (
          <Button color="inherit" onClick={() => setAsking(true)}>
            Propose the denial again…
          </Button>
        ) : undefined
      }
    >
      <strong>It can no longer be published.</strong> Another version of {version.policy.name}{' '}
      became active after this one was written, and publishing it would undo that.{' '}
      {denial !== null ? (
        <>Propose the same denial again, on top of the active text, and end this proposal.</>
      ) : canPropose ? (
        <>
          <TextLink to={again}>Propose the change again</TextLink> on top of the active text, and
          end this proposal.
        </>
      ) : (
        <>Security can propose the change again, on top of the active text.</>
      )}
      {isAsking && denial !== null && (
        <DenyToolDialog
          agent={denial.agent}
          tool={denial.tool}
          initialReason={denial.reason}
          onClose={() => setAsking(false)}
        />
      )}
    </Alert>
  );
};

const isStale = ({ state, publishable, isReadable }: PolicyVersionDetail): boolean =>
  state === 'in_review' && isReadable && !publishable;

// The note that the API writes for a denial proposed in one click. A person’s own note that reads
// the same leads to the same dialog, which says what it is about to propose.
const DENIAL_NOTE = /^Deny ([^/\s]+)\/(\S+) to (\S+): (.*)$/s;

function useDenial(version: PolicyVersionDetail) {
  const match = isStale(version) ? DENIAL_NOTE.exec(version.note) : null;
  const [, server = '', toolName = '', agentName = '', reason = ''] = match ?? [];
  const agents = useNamed<Agent>('agents', agentName);
  const tools = useNamed<Tool>('tools', toolName);
  const agent = agents.find(({ name }) => name === agentName);
  const tool = tools.find((one) => one.name === toolName && one.server.slug === server);
  if (match === null || agent === undefined || tool === undefined) return null;
  return { agent, tool: { id: tool.id, server, name: toolName }, reason };
}

const AT_MOST = 100;

function useNamed<T extends Agent | Tool>(resource: string, name: string): T[] {
  const { data = [] } = useGetList<T>(
    resource,
    { pagination: { page: 1, perPage: AT_MOST }, filter: { q: name } },
    { enabled: name !== '', onError: () => undefined },
  );
  return data;
}
