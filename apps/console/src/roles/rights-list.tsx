import { Box } from '@mui/material';

interface Right {
  readonly verbs: string;
  readonly thing: string;
}

// The API writes them as "verbs: thing".
const parsed = (line: string): Right => {
  const [verbs = '', ...things] = line.split(': ');
  return { verbs, thing: things.join(': ') };
};

/** What a role gives: first what it may do, last in one line what it may only see. */
const toShow = (lines: readonly string[]): Right[] => {
  const rights = lines.map(parsed);
  const onlySeen = rights.filter(({ verbs }) => verbs === 'read');
  return [
    ...rights.filter(({ verbs }) => verbs !== 'read'),
    ...(onlySeen.length === 0
      ? []
      : [{ verbs: 'read', thing: onlySeen.map(({ thing }) => thing).join(', ') }]),
  ];
};

/** How many lines {@link RightsList} has for these. */
export const countLines = (lines: readonly string[]): number => toShow(lines).length;

/** What a role gives, by the very rules that are enforced. */
export const RightsList = ({ rights, max }: { rights: readonly string[]; max?: number }) => (
  <Box component="ul" sx={{ m: 0, pl: 2.25 }}>
    {toShow(rights)
      .slice(0, max)
      .map(({ verbs, thing }) => (
        <li key={`${verbs} ${thing}`}>
          {verbs}{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {thing}
          </Box>
        </li>
      ))}
  </Box>
);
