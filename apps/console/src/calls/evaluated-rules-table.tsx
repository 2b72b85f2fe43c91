import { Box } from '@mui/material';
import { useGetList } from 'react-admin';
import type { CallDetail, Policy } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { PolicyLink, RuleLink } from '../shared/links.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty } from '../shared/states.js';
import { visibleText } from '../shared/format.js';

type EvaluatedRule = CallDetail['evaluatedRules'][number];

const ALL_OF_FEW = 100;
const FADED = { '& > span': { color: 'text.secondary', fontWeight: 400 } } as const;

// Doubt never allows and never escapes a deny.
const fired = ({ effect, result }: EvaluatedRule): boolean =>
  result === 'true' || (result === 'unknown' && effect !== 'allow');

/** Each rule that selected this agent and tool, and why it decided or did not. */
export const EvaluatedRulesTable = ({ call }: { call: CallDetail }) => {
  const { data: policies = [] } = useGetList<Policy>(
    'policies',
    { pagination: { page: 1, perPage: ALL_OF_FEW } },
    { enabled: call.evaluatedRules.length > 0, onError: () => undefined },
  );
  if (call.evaluatedRules.length === 0) {
    return call.decision === 'invalid' ? (
      <Empty title="No rule was evaluated">The call never reached a policy.</Empty>
    ) : call.code === 'kill_switch_active' ? (
      <Empty title="No rule was evaluated">
        An active kill switch denies every call, whatever the rules say.
      </Empty>
    ) : call.code === 'tool_blocked' ? (
      <Empty title="No rule was evaluated">
        The tool is not as people pinned it, whatever the rules say.
      </Empty>
    ) : (
      <Empty title="No rule selects this agent and this tool">What no rule allows is denied.</Empty>
    );
  }
  const isUnselected =
    call.person !== null && call.evaluatedRules.every(({ principal }) => principal !== 'agent');
  return (
    <>
      <Table call={call} policies={policies} />
      {isUnselected && (
        <Box sx={{ mt: 0.5 }}>
          No rule selects {call.agent.name} and this tool: what no rule allows is denied.
        </Box>
      )}
    </>
  );
};

const Table = ({ call, policies }: { call: CallDetail; policies: readonly Policy[] }) => (
  <PlainTable
    label="Evaluated rules"
    rows={call.evaluatedRules}
    rowKey={({ principal, policy, rule }) => `${principal} ${policy} ${rule}`}
    columns={[
      ...(call.person === null
        ? []
        : [
            {
              name: 'Principal',
              render: ({ principal }: EvaluatedRule) =>
                principal === 'agent' ? call.agent.name : (call.person?.name ?? 'the person'),
            },
          ]),
      {
        name: 'Rule',
        render: ({ rule, isDecisive }) => (
          <>
            <RuleLink rule={rule} />
            {isDecisive && <strong> decided</strong>}
          </>
        ),
      },
      {
        name: 'Policy',
        render: ({ policy }) => <PolicyNamed name={policy} policies={policies} />,
      },
      {
        name: 'Would',
        render: (rule) => (
          <Box component="span" sx={fired(rule) ? {} : FADED}>
            <Badge name={`effect:${rule.effect}`} />
          </Box>
        ),
      },
      { name: 'Condition', render: ({ result }) => <Badge name={`result:${result}`} /> },
      { name: 'Reason', render: ({ explanation }) => visibleText(explanation) },
    ]}
  />
);

/** The call's record names a policy; one that still exists leads to its text. */
const PolicyNamed = ({ name, policies }: { name: string; policies: readonly Policy[] }) => {
  const policy = policies.find((one) => one.name === name);
  return policy === undefined ? <>{name}</> : <PolicyLink policy={policy} />;
};
