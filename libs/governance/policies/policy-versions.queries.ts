import { Injectable } from '@nestjs/common';
import { readableAgents } from '#libs/registry/agents';
import { findOpenProposal, whyNotConfirm } from '#libs/engine/commands';
import { Database, type PolicyVersionWhereInput } from '#libs/platform/db';
import { PUBLISH_POLICY } from './policies.sql.js';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { CallRule } from '#libs/engine/policy';
import type { z } from 'zod';
import { policyImpact, type ImpactItem } from './impact/policy-impact.js';
import {
  loadPolicyCatalog,
  loadPublishedRules,
  readRules,
  type PublishedPolicy,
} from './policies.loader.js';
import type { listPolicyVersionsQuerySchema } from './policies.schemas.js';
import { toVersionView, VERSION_INCLUDE } from './policies.view.js';
import { viewNames } from './policies.names.js';

type ListQuery = z.infer<typeof listPolicyVersionsQuerySchema>;

const BASIS = { id: true, number: true, text: true, bindings: true } as const;

interface BasisRow {
  id: string;
  number: number;
  text: string;
  bindings: unknown;
}

/** Reads policy versions for screens; a person who may read one may read all. */
@Injectable()
export class PolicyVersionQueries {
  constructor(private readonly db: Database) {}

  /** One page of versions. */
  async list({ page, perPage, order, policyId, state, kind }: ListQuery) {
    const where: PolicyVersionWhereInput = {
      ...(policyId === undefined ? {} : { policyId }),
      ...(state === undefined ? {} : { state }),
      ...(kind === undefined ? {} : { policy: { kind } }),
    };
    const [rows, total] = await Promise.all([
      this.db.policyVersion.findMany({
        where,
        include: VERSION_INCLUDE,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.policyVersion.count({ where }),
    ]);
    return { items: rows.map(toVersionView), total };
  }

  /** One version with its text, what it is based on, and what it would change. */
  async get(actor: Actor, id: string) {
    const row = await this.db.policyVersion.findUnique({
      where: { id },
      include: { ...VERSION_INCLUDE, basedOn: { select: BASIS } },
    });
    if (row === null) throw new DomainError('not_found', 'This policy version was not found.');
    const published = await loadPublishedRules(this.db);
    const activeId = published.find((policy) => policy.policyId === row.policyId)?.policyVersionId;
    const inReview = row.state === 'in_review';
    const rules = await readRules(row.id, row);
    return {
      ...toVersionView(row),
      text: row.text,
      ...(await viewNames(this.db, row)),
      basedOn: row.basedOn && (await this.#basis(row.basedOn)),
      isReadable: rules !== null,
      publishable: inReview && rules !== null && (activeId ?? null) === row.basedOnId,
      proposedChange: inReview ? await this.#proposedChange(actor, id) : null,
      impact:
        inReview && rules !== null
          ? await this.#impact(actor, published, candidateOf(row, rules))
          : [],
    };
  }

  async #proposedChange(actor: Actor, subjectId: string) {
    const now = new Date();
    const open = await findOpenProposal(this.db, { command: PUBLISH_POLICY, subjectId }, now);
    if (open === null) return null;
    const whyNot = whyNotConfirm(actor, open, now);
    return {
      id: open.id,
      expiresAt: open.expiresAt.toISOString(),
      canConfirm: whyNot === null,
      whyNotConfirm: whyNot,
    };
  }

  async #basis({ id, number, text, bindings }: BasisRow) {
    const { currentText } = await viewNames(this.db, { text, bindings });
    return { id, number, text, currentText };
  }

  // What a person may not see is not in the list of what would change either (invariant C3).
  async #impact(
    actor: Actor,
    published: PublishedPolicy[],
    candidate: PublishedPolicy,
  ): Promise<ImpactItem[]> {
    const catalog = await loadPolicyCatalog(this.db);
    const readable = await this.db.agent.findMany({
      where: readableAgents(actor),
      select: { id: true },
    });
    const ids = new Set(readable.map((agent) => agent.id));
    const agents = catalog.agents.filter((agent) => ids.has(agent.id));
    return policyImpact(published, candidate, { ...catalog, agents }, new Date());
  }
}

const candidateOf = (
  row: {
    id: string;
    policyId: string;
    number: number;
    policy: { name: string; kind: 'policy' | 'access_grant' };
  },
  rules: readonly CallRule[],
): PublishedPolicy => ({
  policyVersionId: row.id,
  policyId: row.policyId,
  number: row.number,
  policyName: row.policy.name,
  kind: row.policy.kind,
  rules,
});
