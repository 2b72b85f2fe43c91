import { Box, Link } from '@mui/material';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import type { PersonRef, Ref, ToolRef } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { MONOSPACE } from '../theme.js';
import { visibleText } from './format.js';

type Filters = Readonly<Record<string, string | undefined>>;

/** The address of a list with its filters set. */
export const listPath = (resource: string, filters: Filters = {}): string =>
  `/${resource}?filter=${encodeURIComponent(JSON.stringify(filters))}`;

/** A link inside the console. */
export const TextLink = ({
  to,
  children,
  title,
}: {
  to: string;
  children: ReactNode;
  title?: string;
}) => (
  <Link component={RouterLink} to={to} {...(title === undefined ? {} : { title })}>
    {children}
  </Link>
);

// Longer names may break, shorter ones need not.
const SHORT_NAME = 24;

const nowrapIfShort = (text: string): string => (text.length <= SHORT_NAME ? 'nowrap' : '');

const Code = ({ children }: { children: string }) => (
  <Box
    component="span"
    className={nowrapIfShort(children)}
    sx={{ fontFamily: MONOSPACE, fontSize: '0.92em', overflowWrap: 'break-word' }}
  >
    {children}
  </Box>
);

export const AgentLink = ({ agent }: { agent: Ref }) => (
  <TextLink to={`/agents/${agent.id}`}>
    <span className={nowrapIfShort(agent.name)}>{agent.name}</span>
  </TextLink>
);

export const ToolLink = ({ tool }: { tool: ToolRef }) => (
  <TextLink to={`/tools/${tool.id}`}>
    <Code>{visibleText(`${tool.server}/${tool.name}`)}</Code>
  </TextLink>
);

/** A call names its tool even when it was never found; then there is nothing to link to. */
export const CalledTool = ({
  server,
  tool,
  toolId,
}: {
  server: string | null;
  tool: string | null;
  toolId: string | null;
}) => {
  if (tool === null) return <>not named</>;
  const name = visibleText(`${server ?? '?'}/${tool}`);
  return toolId === null ? (
    <Code>{name}</Code>
  ) : (
    <TextLink to={`/tools/${toolId}`}>
      <Code>{name}</Code>
    </TextLink>
  );
};

/** A rule leads to the calls that it decided. */
export const RuleLink = ({ rule }: { rule: string }) => (
  <TextLink to={listPath('calls', { rule })} title="Calls that this rule decided">
    <Code>{rule}</Code>
  </TextLink>
);

export const PolicyLink = ({ policy }: { policy: Ref }) => (
  <TextLink to={`/policies/${policy.id}`}>{policy.name}</TextLink>
);

/** A person leads to their own screen, for those who may see people. */
export const PersonLink = ({ person }: { person: PersonRef }) => {
  const can = useCan();
  return can('read', 'Person') ? (
    <TextLink to={`/people/${person.id}`} title={person.email}>
      {visibleText(person.name)}
    </TextLink>
  ) : (
    <span title={person.email}>{visibleText(person.name)}</span>
  );
};

export const TeamLink = ({ team }: { team: Ref }) => {
  const can = useCan();
  return can('read', 'Team') ? (
    <TextLink to={`/teams/${team.id}`}>{team.name}</TextLink>
  ) : (
    <>{team.name}</>
  );
};
