import { Box, Button, TextField, MenuItem } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestAccessButton } from '../access-requests/request-access-button.js';
import type { Agent, Right, RightEffect } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { ProposeRuleButton } from '../policies/propose-rule-button.js';
import { DenyToolDialog } from '../policies/versions/deny-tool-dialog.js';
import { Facts } from '../shared/facts.js';
import { PolicyLink, RuleLink, ToolLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Empty, Failed, Loading, ForbiddenHint } from '../shared/states.js';
import { Time } from '../shared/time.js';
import { useApi } from '../shared/use-api.js';

const EFFECTS: readonly (RightEffect | 'any')[] = ['any', 'allow', 'conditional', 'deny'];
const WORDS: Readonly<Record<RightEffect | 'any', string>> = {
  any: 'All tools',
  allow: 'Allowed',
  conditional: 'Depends on arguments',
  deny: 'Denied',
};

/** What the agent may do, tool by tool, with the rules that give it. */
export const AgentRightsTable = ({ agent }: { agent: Agent }) => {
  const { agentRights } = useApi();
  const can = useCan();
  const canPropose = can('propose', 'PolicyVersion');
  const canRequest = can('request', 'AccessRequest', { agentTeamId: agent.team.id });
  const [effect, setEffect] = useState<RightEffect | 'any'>('any');
  const [denying, setDenying] = useState<Right | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['agents', 'rights', agent.id],
    queryFn: ({ signal }) => agentRights(agent.id, signal),
  });

  if (isPending) return <Loading what="its rights" />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) {
    return (
      <Empty title="There is no tool yet">
        Its rights appear here as soon as a tool server is registered and its tools are discovered.
      </Empty>
    );
  }
  const rows = data.items.filter((right) => effect === 'any' || right.effect === effect);

  return (
    <>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', mb: 1, flexWrap: 'wrap' }}>
        <TextField
          select
          label="Answer"
          value={effect}
          onChange={({ target }) => setEffect(target.value as RightEffect | 'any')}
          sx={{ width: 200 }}
        >
          {EFFECTS.map((one) => (
            <MenuItem key={one} value={one}>
              {WORDS[one]}
            </MenuItem>
          ))}
        </TextField>
        <Box sx={{ color: 'text.secondary' }}>
          {summary(data.items)}; what no rule selects is denied. By the policies that are active now
          {agent.state === 'active' ? '' : `; while it is ${agent.state}, every call is rejected`}.
        </Box>
        {!canPropose && !canRequest && (
          <ForbiddenHint
            action="propose"
            subject="PolicyVersion"
            what="propose to allow or deny a tool"
          />
        )}
      </Box>
      {rows.length === 0 ? (
        <Empty title="No tool has this answer" />
      ) : (
        <PlainTable
          label="Rights by tool"
          rows={rows}
          rowKey={({ tool }) => tool.id}
          columns={[
            { name: 'Tool', render: ({ tool }) => <ToolLink tool={tool} /> },
            {
              name: 'Classified',
              render: ({ classification }) => <Badge name={`class:${classification}`} />,
            },
            { name: 'Answer', render: (right) => <Badge name={`effect:${right.effect}`} /> },
            { name: 'Given by', render: (right) => <GivenBy right={right} /> },
            ...(canRequest && !canPropose
              ? [
                  {
                    name: 'Change',
                    render: (right: Right) =>
                      right.effect === 'allow' ? null : (
                        <RequestAccessButton
                          agent={{ id: agent.id, name: agent.name, teamId: agent.team.id }}
                          tool={right.tool}
                          isSmall
                        />
                      ),
                  },
                ]
              : []),
            ...(canPropose
              ? [
                  {
                    name: 'Change',
                    render: (right: Right) =>
                      right.effect === 'deny' ? (
                        <ProposeRuleButton
                          agent={agent.name}
                          tool={right.tool}
                          policyId={right.rules[0]?.policy.id}
                          isSmall
                        />
                      ) : (
                        <Button
                          size="small"
                          color="error"
                          variant="text"
                          sx={{ py: 0, whiteSpace: 'nowrap' }}
                          aria-label={`Deny ${right.tool.server}/${right.tool.name} for ${agent.name}`}
                          onClick={() => setDenying(right)}
                        >
                          Deny…
                        </Button>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
      <Reasons rights={rows} />
      {denying !== null && (
        <DenyToolDialog agent={agent} tool={denying.tool} onClose={() => setDenying(null)} />
      )}
    </>
  );
};

const summary = (items: readonly Right[]): string => {
  const count = (effect: RightEffect) => items.filter((right) => right.effect === effect).length;
  return `${count('allow')} allowed, ${count('conditional')} depending on arguments, ${count('deny')} denied`;
};

/** Each rule's reason, once: most rules give many tools. */
const Reasons = ({ rights }: { rights: readonly Right[] }) => {
  const reasons = new Map(
    rights.flatMap(({ rules }) =>
      rules.map(({ rule, policy, reason }) => [`${policy.id} ${rule}`, { rule, reason }] as const),
    ),
  );
  if (reasons.size === 0) return null;
  return (
    <Section title="Why these rules are there">
      <Facts
        items={[...reasons].map(([key, { rule, reason }]) => ({ key, name: rule, value: reason }))}
      />
    </Section>
  );
};

const GivenBy = ({ right }: { right: Right }) =>
  right.rules.length === 0 ? (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      no rule
    </Box>
  ) : (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {right.rules.map(({ rule, policy, effect, expiresAt }) => (
        <li key={`${policy.id} ${rule}`}>
          <Badge name={`effect:${effect}`} /> by <RuleLink rule={rule} /> in{' '}
          <PolicyLink policy={policy} />
          {expiresAt !== null && (
            <>
              , ends <Time at={expiresAt} isToCome />
            </>
          )}
        </li>
      ))}
    </Box>
  );
