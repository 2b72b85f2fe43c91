import { RE2JS } from 're2js';
import { sizeOfPattern } from './pattern-size.js';
import type { WorkBudget } from './work-budget.js';
import { UnsupportedPatternError } from '../errors.js';

const MAX_PROGRAM_INSTRUCTIONS = 2_000;

/** A regular expression that runs in time linear in its input; it finds, it does not anchor. */
export interface LinearRegex {
  readonly source: string;
  /** Throws `WorkExhaustedError` when the budget does not cover this input. */
  test(value: string, work: WorkBudget): boolean;
}

/**
 * Compiles RE2 syntax, in which `.` matches every character, a line break included: a rule that counts
 * characters must not be escaped with one. `dialect: 'ecma'` is for JSON Schema, which means it otherwise
 * and writes escapes such as `\u0041`.
 */
export function compileLinearRegex(source: string, dialect: 're2' | 'ecma' = 're2'): LinearRegex {
  sizeOfPattern(source);
  const regex = compile(source, dialect);
  const instructions = regex.programSize();
  if (instructions > MAX_PROGRAM_INSTRUCTIONS) {
    throw new UnsupportedPatternError('its repetitions multiply to too large an automaton');
  }
  return {
    source,
    test(value, work) {
      work.spendRegex(instructions, value.length);
      return regex.test(value);
    },
  };
}

function compile(source: string, dialect: 're2' | 'ecma'): RE2JS {
  try {
    return dialect === 'ecma'
      ? RE2JS.compile(RE2JS.translateRegExp(source))
      : RE2JS.compile(source, RE2JS.DOTALL);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown error';
    throw new UnsupportedPatternError(
      `it is not a linear-time (RE2) regular expression: ${detail.slice(0, 200)}`,
    );
  }
}
