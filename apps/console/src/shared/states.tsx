import { Alert, Box, Button, CircularProgress, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { ApiError } from '../api/errors.js';
import type { Role } from '../api/types.js';
import type { Action, SubjectName } from '../sign-in/ability.js';
import { useCan } from '../sign-in/session-store.js';
import { Page } from './page.js';
import { roleWords, WHO_CAN } from '../sign-in/who-can.js';

/** What is being fetched, in words beside a spinner. */
export const Loading = ({ what }: { what: string }) => (
  <Box component="output" sx={{ display: 'flex', alignItems: 'center', gap: 1.5, p: 3 }}>
    <CircularProgress size={18} aria-hidden />
    <Typography color="text.secondary">Loading {what}…</Typography>
  </Box>
);

/** Nothing there: says so, and what to do next. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <Box sx={{ p: 1.5 }}>
    <Typography sx={{ fontWeight: 600 }}>{title}</Typography>
    {children !== undefined && <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{children}</Box>}
  </Box>
);

const NO_PATHS: readonly string[] = [];

const HEADINGS: Readonly<Record<number, string>> = {
  0: 'Not reached',
  202: 'Waiting for a second person',
  403: 'No access',
  404: 'Not found',
};

const INFO_STATUSES: ReadonlySet<number> = new Set([202, 403, 404]);

/** A request that failed: why, the trace to tell others, and a way to try again. */
export const Failed = ({
  error,
  onRetry,
  saidElsewhere = NO_PATHS,
}: {
  error: unknown;
  onRetry?: () => void;
  /** Problems with these inputs stand beside the inputs already. */
  saidElsewhere?: readonly string[];
}) => {
  const problem = error instanceof ApiError ? error : null;
  const problems = problem?.problems.filter(({ path }) => !saidElsewhere.includes(path)) ?? [];
  const canRetry = problem === null || problem.status === 0 || problem.status >= 500;
  return (
    <Alert
      severity={INFO_STATUSES.has(problem?.status ?? -1) ? 'info' : 'error'}
      action={
        onRetry !== undefined && canRetry ? (
          <Button color="inherit" onClick={onRetry}>
            Try again
          </Button>
        ) : undefined
      }
    >
      <strong>{HEADINGS[problem?.status ?? -1] ?? 'That did not work'}.</strong>{' '}
      {error instanceof Error ? error.message : 'Something went wrong in the console.'}
      {problems.length > 0 && (
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path !== '' && <code>{path}</code>} {message}
            </li>
          ))}
        </Box>
      )}
      {problem?.traceId ? (
        <Typography variant="body2">
          Trace <code>{problem.traceId}</code>
        </Typography>
      ) : null}
    </Alert>
  );
};

/** Says that the reader may not do a thing, and who can. */
export const ForbiddenHint = ({
  action,
  subject,
  what,
  who = WHO_CAN[`${action} ${subject}`],
}: {
  action: Action;
  subject: SubjectName;
  what: string;
  /** Who can do it to this one, when not everybody who can do it to some. */
  who?: readonly Role[] | undefined;
}) => (
  <Typography color="text.secondary" component="span" variant="body2">
    {who === undefined
      ? `You do not have permission to ${what}.`
      : `You do not have permission to ${what}. Ask a colleague with the role ${roleWords(who, 'disjunction')}.`}
  </Typography>
);

/** Shows a screen to those who may, and to others why not and who can. */
export const RequirePermission = ({
  action = 'read',
  subject,
  what,
  children,
}: {
  action?: Action;
  subject: SubjectName;
  what: string;
  children: ReactNode;
}) => {
  const can = useCan();
  if (can(action, subject)) return children;
  return (
    <Page title="No access">
      <Empty title="You do not have permission to open this page">
        <ForbiddenHint action={action} subject={subject} what={what} />
      </Empty>
    </Page>
  );
};
