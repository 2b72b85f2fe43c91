import type { PolicyVersionInclude } from '#libs/platform/db';
import { type CheckedText, isUsable } from './policy-texts.js';
import type { z } from 'zod';
import type { policyValidationSchema, policyVersionSchema } from './policies.schemas.js';

type VersionView = z.infer<typeof policyVersionSchema>;

const PERSON = { select: { id: true, name: true, email: true } };

/** What a screen about a version joins. */
export const VERSION_INCLUDE = {
  policy: { select: { id: true, name: true, kind: true } },
  accessRequest: { select: { id: true, requestedBy: PERSON } },
  proposedBy: PERSON,
  decidedBy: PERSON,
} as const satisfies PolicyVersionInclude;

/** A version's row with {@link VERSION_INCLUDE}. */
export type VersionRow = Omit<
  VersionView,
  'kind' | 'policy' | 'accessRequest' | 'proposedAt' | 'decidedAt'
> & {
  policy: VersionView['policy'] & { kind: VersionView['kind'] };
  accessRequest: VersionView['accessRequest'];
  proposedAt: Date;
  decidedAt: Date | null;
};

/** The row as lists show it. */
export const toVersionView = (row: VersionRow): VersionView => ({
  ...row,
  kind: row.policy.kind,
  proposedAt: row.proposedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

/** What is wrong with a text, as one types it. */
export const toValidationView = (checked: CheckedText): z.infer<typeof policyValidationSchema> => ({
  valid: isUsable(checked),
  ruleCount: checked.rules?.length ?? 0,
  problems: checked.problems.map((problem) => ({ ...problem, rule: problem.rule ?? null })),
});
