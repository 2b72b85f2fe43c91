import { rulesToCondition } from '@casl/ability/extra';
import { DomainError, type Actor } from '#libs/platform/kernel';
import { abilityFor } from './ability.js';
import type { SubjectName, Subjects } from './subjects.js';

/** What a rule asks of one field, in Prisma's operators. */
export type FieldTest = { equals: string } | { in: string[] } | { not: string };

/** For each field that a rule may look at, the filter that holds a row to a test of it. */
export type FieldFilters<S extends SubjectName, F> = {
  [Field in keyof Subjects[S]]?: (test: FieldTest) => F;
};

/** How filters are put together. */
export interface FilterLanguage<F> {
  everything: F;
  nothing: F;
  and: (parts: F[]) => F;
  or: (parts: F[]) => F;
  not: (part: F) => F;
}

/**
 * Which instances the actor may read, as a filter of lists that is derived from the same rules that
 * guard each instance. A rule that looks at a field without a filter is an error, never "all".
 */
export const readableFilter = <S extends SubjectName, F>(
  actor: Actor,
  subject: S,
  fields: FieldFilters<S, F>,
  language: FilterLanguage<F>,
): F => {
  if (actor.kind === 'system') return language.everything;
  const filterOf = ({ conditions, inverted }: Rule): F => {
    const parts = Object.entries(conditions ?? {}).map(([field, test]) => {
      const filter = fields[field as keyof Subjects[S]];
      if (filter === undefined) throw unreadable(subject, field);
      return filter(testOf(subject, field, test));
    });
    return inverted ? language.not(language.and(parts)) : language.and(parts);
  };
  const rules = abilityFor(actor).rulesFor('read', subject);
  const { everything, and, or } = language;
  const filter = rulesToCondition(rules, filterOf, { and, or, empty: () => everything });
  return filter ?? language.nothing;
};

/**
 * {@link readableFilter} as a `where` of Prisma. (@casl/prisma wants rules in Prisma's own operators;
 * ours are Mongo's, because the console reads them, too.)
 */
export const readableWhere = <S extends SubjectName, Where extends { id?: unknown }>(
  actor: Actor,
  subject: S,
  fields: FieldFilters<S, Where>,
): Where => readableFilter<S, object>(actor, subject, fields, WHERE) as Where;

const WHERE: FilterLanguage<object> = {
  everything: {},
  // Inside of AND, Prisma takes an empty OR for no condition at all.
  nothing: { id: { in: [] } },
  and: (parts) => ({ AND: parts }),
  or: (parts) => ({ OR: parts }),
  not: (part) => ({ NOT: part }),
};

interface Rule {
  conditions?: object | undefined;
  inverted: boolean;
}

const testOf = (subject: SubjectName, field: string, test: unknown): FieldTest => {
  if (typeof test === 'string') return { equals: test };
  const [[operator, operand] = [], ...others] = Object.entries(test as object) as [
    string,
    unknown,
  ][];
  if (others.length > 0) throw unreadable(subject, field);
  if (operator === '$in' && Array.isArray(operand)) return { in: operand as string[] };
  if (operator === '$ne' && typeof operand === 'string') return { not: operand };
  throw unreadable(subject, field);
};

const unreadable = (subject: SubjectName, field: string): DomainError =>
  new DomainError(
    'internal',
    `A rule about ${subject} tests ${field} in a way that lists cannot follow.`,
  );
