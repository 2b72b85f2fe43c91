import { Alert } from '@mui/material';
import type { AccessRequestDetail } from '../api/types.js';
import { PolicyText } from '../policies/policy-text.js';
import { useCan } from '../sign-in/session-store.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { AgentLink, ToolLink } from '../shared/links.js';
import { useLive } from '../shared/live.js';
import { Page, Section } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { Time } from '../shared/time.js';
import { visibleText } from '../shared/format.js';
import { DraftForm } from './draft-form.js';
import { AccessGrantDecision } from './access-grant-decision.js';
import { formatHours } from './hours.js';
import { nextStepText } from './next-step.js';
import { RequestActs } from './request-acts.js';
import { RequestState } from './request-state.js';
import { RequestSteps } from './request-steps.js';

const REFRESH_MS = 5_000;

export const RequestShow = () => {
  const live = useLive(REFRESH_MS);
  return (
    <RecordPage<AccessRequestDetail>
      resource="access-requests"
      subject="AccessRequest"
      one="request"
      refetchInterval={live}
    >
      {(request) => (
        <Page
          title={`${request.agent.name} → ${visibleText(`${request.tool.server}/${request.tool.name}`)}`}
          aside={<RequestState request={request} />}
          actions={<RequestActs request={request} />}
        >
          <RequestSteps request={request} />
          <Next request={request} />
          <RequestFacts request={request} />
          {request.accessGrantText !== null && (
            <Section title="The exact rule of the access grant">
              <PolicyText
                // The text of a new draft is another text.
                key={request.grant?.versionId ?? 'none'}
                text={request.accessGrantText}
                label="Text of the access grant"
              />
            </Section>
          )}
          <AccessGrantDecision request={request} />
          <DraftForm key={request.grant?.versionId ?? 'none'} request={request} />
        </Page>
      )}
    </RecordPage>
  );
};

const Next = ({ request }: { request: AccessRequestDetail }) => {
  const { state, grant, decisionNote } = request;
  if (state === 'rejected' || state === 'withdrawn') {
    return (
      <Alert severity="warning">
        This request was {state}.{' '}
        {decisionNote !== null && (
          <>
            Because: <Quoted text={decisionNote} max={300} />
          </>
        )}
      </Alert>
    );
  }
  if (state === 'granted' && grant !== null) {
    return grant.endedAt === null ? (
      <Alert severity="success">
        Granted: it may be called. The access grant ends by itself{' '}
        <Time at={grant.expiresAt} isToCome />
      </Alert>
    ) : (
      <Alert severity="info">
        The access grant ended <Time at={grant.endedAt} />.
      </Alert>
    );
  }
  return (
    <Alert severity="info">
      Nothing is allowed yet. Next: {nextStepText(request)}.
      {state === 'drafted' && ' Nobody publishes what they drafted or asked for themselves.'}
    </Alert>
  );
};

const RequestFacts = ({ request }: { request: AccessRequestDetail }) => {
  const can = useCan();
  const { agent, tool, grant } = request;
  return (
    <Facts
      columns={2}
      items={[
        {
          name: 'Agent',
          value: can('read', 'Agent') ? <AgentLink agent={agent} /> : agent.name,
        },
        {
          name: 'Tool',
          value: can('read', 'Tool') ? (
            <ToolLink tool={tool} />
          ) : (
            visibleText(`${tool.server}/${tool.name}`)
          ),
        },
        { name: 'Justification', value: <Quoted text={request.justification} max={300} /> },
        {
          name: 'Requested constraints',
          value:
            request.requestedConstraints === null ? (
              'any'
            ) : (
              <Quoted text={request.requestedConstraints} max={300} />
            ),
        },
        { name: 'For', value: formatHours(request.durationHours) },
        { name: 'The tool’s owner', value: `${tool.owner.name} (${tool.owner.email})` },
        {
          name: 'Access ends',
          value: grant === null ? '–' : <Time at={grant.expiresAt} isToCome />,
        },
        { name: 'Id', value: <CopyableId id={request.id} /> },
      ]}
    />
  );
};
