import { innermostChecks, type ArgumentTest, type Condition } from '../conditions/condition.js';
import type { Rule } from '../parse/rule.js';
import { problem, type PolicyProblem } from '../yaml/problem.js';
import { shapeOf } from './pattern-shape.js';

/** What a pattern says to its reader and does not do: warnings. */
export const lintPatterns = (rule: Rule): PolicyProblem[] =>
  directed(rule.when, rule.effect === 'allow').flatMap(({ test, permits }) =>
    patternsOf(test).flatMap((pattern) =>
      remarks(pattern, test.path, permits).map((message) =>
        problem(test.at, 'warning', message, rule.name),
      ),
    ),
  );

/** A test, and whether it permits more when it is true: `not` turns that round. */
interface DirectedTest {
  readonly test: ArgumentTest;
  readonly permits: boolean;
}

function directed(condition: Condition, permits: boolean): DirectedTest[] {
  switch (condition.kind) {
    case 'always':
      return [];
    case 'not':
      return directed(condition.of, !permits);
    case 'all':
    case 'any':
      return condition.of.flatMap((one) => directed(one, permits));
    case 'arguments':
      return condition.tests.map((test) => ({ test, permits }));
  }
}

const patternsOf = ({ test }: ArgumentTest): string[] =>
  innermostChecks(test).flatMap((check) => (check.operator === 'matches' ? [check.operand] : []));

function remarks(pattern: string, path: string, permits: boolean): string[] {
  const shape = shapeOf(pattern);
  const { isAnchoredAtStart, isAnchoredAtEnd, isMultiline, dotExcludesLineBreaks } = shape;
  return [
    ...(isMultiline
      ? [
          `With \`(?m)\` one line of \`${path}\` is enough for the pattern; leave it out to mean the whole text.`,
        ]
      : []),
    ...(dotExcludesLineBreaks
      ? [`With \`(?-s)\` a line break in \`${path}\` escapes the pattern's dot; leave it out.`]
      : []),
    ...(permits
      ? tooWide(path, isAnchoredAtStart && isAnchoredAtEnd)
      : tooNarrow(pattern, path, isAnchoredAtStart || isAnchoredAtEnd)),
  ];
}

// "dev-.*" also finds itself inside "prod-dev-x": where a match permits, that is rarely meant.
const tooWide = (path: string, isWhole: boolean): string[] =>
  isWhole
    ? []
    : [
        `\`matches\` finds its pattern anywhere in \`${path}\`; put it between ^ and $, alternatives in brackets, to mean the whole text.`,
      ];

// "^.{101,}$" says a length; "^rm " does not find " rm ". Where a match rejects, that lets calls through.
function tooNarrow(pattern: string, path: string, isAnchored: boolean): string[] {
  if (/^\^?\.(?:[+*]|\{\d+(?:,\d*)?\})\$?$/.test(pattern))
    return [`The pattern of \`${path}\` counts characters; \`length\` says that.`];
  if (!isAnchored) return [];
  return [
    `A call escapes the pattern of \`${path}\` with a space or a line break before ^ or after $; say \`eq\`, or leave the anchor out.`,
  ];
}
