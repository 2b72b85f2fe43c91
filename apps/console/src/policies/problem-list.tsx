import { Box, Link } from '@mui/material';
import type { PolicyProblem } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { Failed } from '../shared/states.js';
import { formatCount, visibleText } from '../shared/format.js';
import type { Validation } from './use-validation.js';

/** What is wrong with the text; each leads to its place. */
export const ProblemList = ({
  validation: { result, isCurrent, error },
  isEmpty,
  onGoTo,
}: {
  validation: Validation;
  isEmpty: boolean;
  onGoTo: (problem: PolicyProblem) => void;
}) => {
  if (error !== null) return <Failed error={error} />;
  return (
    <Box>
      <Box component="output" sx={{ display: 'block', fontWeight: 600, mb: 0.5 }}>
        {isEmpty
          ? 'Write at least one rule.'
          : result === undefined || !isCurrent
            ? 'Checking…'
            : verdict(result)}
      </Box>
      <Box
        component="ul"
        aria-label="Problems"
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          display: 'grid',
          gap: 0.75,
          maxHeight: 280,
          overflow: 'auto',
        }}
      >
        {(isEmpty ? [] : (result?.problems ?? [])).map((problem) => (
          <li key={`${problem.line}:${problem.column} ${problem.message}`}>
            <Badge name={`severity:${problem.severity}`} />{' '}
            <Link component="button" type="button" onClick={() => onGoTo(problem)}>
              line {problem.line}:{problem.column}
            </Link>
            {problem.rule !== null && <> in {visibleText(problem.rule)}</>}
            <Box sx={{ overflowWrap: 'anywhere' }}>{visibleText(problem.message)}</Box>
          </li>
        ))}
      </Box>
    </Box>
  );
};

const verdict = ({ valid, ruleCount, problems }: NonNullable<Validation['result']>): string => {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const tail = warnings > 0 ? `, ${formatCount(warnings, 'warning')}` : '';
  return valid
    ? `Valid: ${formatCount(ruleCount, 'rule')}${tail}.`
    : `Cannot be proposed: ${formatCount(errors, 'error')}${tail}.`;
};
