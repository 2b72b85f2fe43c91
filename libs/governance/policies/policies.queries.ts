import { Injectable } from '@nestjs/common';
import { Database, type PolicyGetPayload, type PolicyInclude } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { loadPolicyCatalog, readRules } from './policies.loader.js';
import type {
  listPoliciesQuerySchema,
  policyDetailSchema,
  policySchema,
  validatePolicySchema,
} from './policies.schemas.js';
import { findActive, lintContextOf } from './policies.repository.js';
import { toValidationView, toVersionView, VERSION_INCLUDE } from './policies.view.js';
import { checkText } from './policy-texts.js';
import { viewNames } from './policies.names.js';

type ListQuery = z.infer<typeof listPoliciesQuerySchema>;

const POLICY_INCLUDE = {
  versions: { where: { state: 'active' }, include: VERSION_INCLUDE },
  _count: { select: { versions: { where: { state: 'in_review' } } } },
} as const satisfies PolicyInclude;

const NO_NAMES = { currentText: null, renamed: [] };

type PolicyRow = PolicyGetPayload<{ include: typeof POLICY_INCLUDE }>;

/** Reads policies for screens; a person who may read one may read all. */
@Injectable()
export class PolicyQueries {
  constructor(private readonly db: Database) {}

  /** One page of policies. */
  async list({ page, perPage, order, kind }: ListQuery) {
    const [rows, total] = await Promise.all([
      this.db.policy.findMany({
        where: { kind },
        include: POLICY_INCLUDE,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.policy.count({ where: { kind } }),
    ]);
    return { items: await Array.fromAsync(rows, toPolicyView), total };
  }

  /** One policy with its active text. */
  async get(id: string): Promise<z.infer<typeof policyDetailSchema>> {
    const row = await this.db.policy.findUnique({ where: { id }, include: POLICY_INCLUDE });
    if (row === null) throw new DomainError('not_found', 'This policy was not found.');
    const [active] = row.versions;
    return {
      ...(await toPolicyView(row)),
      text: active?.text ?? null,
      ...(active === undefined ? NO_NAMES : await viewNames(this.db, active)),
    };
  }

  /** What is wrong with a text, checked against today's tools, agents, teams and groups. */
  async validate({ policyId, text }: z.infer<typeof validatePolicySchema>) {
    const basis = policyId ? await findActive(this.db, policyId) : null;
    const catalog = await loadPolicyCatalog(this.db);
    const context = await lintContextOf(new Date(), basis);
    return toValidationView(await checkText(text, catalog, context));
  }
}

const toPolicyView = async (row: PolicyRow): Promise<z.infer<typeof policySchema>> => {
  const [active] = row.versions;
  const rules = active === undefined ? [] : await readRules(active.id, active);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    createdAt: row.createdAt.toISOString(),
    active: active === undefined ? null : toVersionView(active),
    inReviewCount: row._count.versions,
    ruleCount: rules?.length ?? 0,
    isReadable: rules !== null,
  };
};
