import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { RequestAccessButton } from '../access-requests/request-access-button.js';
import type { CallDetail } from '../api/types.js';
import { ProposeRuleButton } from '../policies/propose-rule-button.js';
import { DenyToolDialog } from '../policies/versions/deny-tool-dialog.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts, type Fact } from '../shared/facts.js';
import { AgentLink, PolicyLink, RuleLink, TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { ForbiddenHint } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { visibleText } from '../shared/format.js';
import { AskedFor, askedForText } from './asked-for.js';
import { CallEntries } from './call-entries.js';
import { CallOutcome, codeText } from './call-outcome.js';
import { OnBehalfOf, IdentifiedBy, BoundTo, ThroughAgents } from './call-principals.js';
import { EvaluatedRulesTable } from './evaluated-rules-table.js';

const RUNNING_MS = 2_000;

/** Still without an outcome although it was allowed: more is to come. */
const isRunning = (call: CallDetail): boolean => call.decision === 'allow' && call.outcome === null;

export const CallShow = () => (
  <RecordPage<CallDetail>
    resource="calls"
    subject="Call"
    one="call"
    refetchInterval={(call) => (call !== undefined && isRunning(call) ? RUNNING_MS : false)}
  >
    {(call) => (
      <Page
        title={`${call.agent.name} → ${askedForText(call)}`}
        aside={<Badge name={`decision:${call.decision}`} />}
        actions={<NextTime call={call} />}
      >
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          <Section title="Who asked for what">
            <Facts items={whoAndWhat(call)} />
          </Section>
          <Section title="What was decided, and what came of it">
            <Facts items={decision(call)} />
          </Section>
        </Box>
        <Section title="Evaluated rules">
          <EvaluatedRulesTable call={call} />
        </Section>
        <Section title="What the ledger says">
          <CallEntries entries={call.entries} />
        </Section>
      </Page>
    )}
  </RecordPage>
);

const whoAndWhat = (call: CallDetail) =>
  [
    { name: 'When', value: <CopyableTime at={call.at} /> },
    { name: 'Agent', value: <AgentLink agent={call.agent} /> },
    { name: 'For', value: <OnBehalfOf call={call} /> },
    { name: 'Through other agents', value: <ThroughAgents call={call} /> },
    { name: 'Identified by', value: <IdentifiedBy call={call} /> },
    { name: 'Bound to', value: <BoundTo call={call} /> },
    { name: 'Tool', value: <AskedFor call={call} /> },
    {
      name: 'Arguments',
      value:
        call.argumentNames.length === 0
          ? 'none'
          : `${call.argumentNames.map(visibleText).join(', ')} (values are redacted)`,
    },
    { name: 'Protocol', value: call.protocol === 'mcp' ? 'MCP' : 'REST' },
    { name: 'Id', value: <CopyableId id={call.id} /> },
  ] as const;

const decision = (call: CallDetail): readonly Fact[] => [
  { name: 'Decision', value: <Badge name={`decision:${call.decision}`} /> },
  ...bothDecisions(call),
  {
    name: 'Reason',
    value: call.reason === null ? codeText(call.code) : <Quoted text={call.reason} max={300} />,
  },
  {
    name: 'Code',
    value: call.code === 'kill_switch_active' ? <KillSwitchCode /> : <code>{call.code}</code>,
  },
  {
    name: 'Rule',
    value: call.rule === null ? 'no rule decided it' : <RuleLink rule={call.rule} />,
  },
  {
    name: 'Policy',
    value:
      call.policyVersion === null ? (
        'none'
      ) : (
        <>
          <PolicyLink policy={call.policyVersion.policy} />,{' '}
          <TextLink to={`/policy-versions/${call.policyVersion.id}`}>
            version {call.policyVersion.number}
          </TextLink>
        </>
      ),
  },
  {
    name: 'What would help',
    value: call.remedy === null ? '–' : <Quoted text={call.remedy} max={300} />,
  },
  { name: 'Outcome', value: <CallOutcome call={call} /> },
  { name: 'Snapshot epoch', value: call.epoch ?? '–' },
];

/** With a person involved each principal is decided; the stricter answer is the call's. */
const bothDecisions = ({ person, agentDecision, personDecision }: CallDetail): Fact[] =>
  person === null || agentDecision === null || personDecision === null
    ? []
    : [
        { name: 'For the agent', value: <Badge name={`decision:${agentDecision}`} /> },
        {
          name: 'For the person',
          value: (
            <>
              <Badge name={`decision:${personDecision}`} />: the stricter answer applies
            </>
          ),
        },
      ];

const KillSwitchCode = () => {
  const canRead = useCan()('read', 'KillSwitch');
  return (
    <>
      <code>kill_switch_active</code>: a kill switch was active.{' '}
      {canRead && <TextLink to="/kill-switches">See the active kill switches</TextLink>}
    </>
  );
};

const NextTime = ({ call }: { call: CallDetail }) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  if (call.decision === 'invalid' || call.toolId === null) return null;
  // No rule releases a kill switch, or takes a definition over.
  if (call.code === 'kill_switch_active' || call.code === 'tool_blocked') return null;
  if (call.decision !== 'allow') return <AllowNextTime call={call} />;
  if (!can('propose', 'PolicyVersion')) {
    return <ForbiddenHint action="propose" subject="PolicyVersion" what="propose to deny it" />;
  }
  const tool = { id: call.toolId, server: call.server ?? '', name: call.tool ?? '' };
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        Deny this tool for this agent…
      </Button>
      {isAsking && (
        <DenyToolDialog agent={call.agent} tool={tool} onClose={() => setAsking(false)} />
      )}
    </>
  );
};

const AllowNextTime = ({ call }: { call: CallDetail }) => {
  const can = useCan();
  const tool = { server: call.server ?? '', name: call.tool ?? '' };
  if (can('propose', 'PolicyVersion')) {
    return (
      <ProposeRuleButton
        agent={call.agent.name}
        tool={tool}
        policyId={call.policyVersion?.policy.id}
      />
    );
  }
  return can('request', 'AccessRequest') ? (
    <RequestAccessButton agent={call.agent} tool={{ ...tool, id: call.toolId ?? '' }} />
  ) : (
    <ForbiddenHint action="propose" subject="PolicyVersion" what="propose a rule that allows it" />
  );
};
