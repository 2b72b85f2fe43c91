import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DomainError, type Actor, type JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { explainCall } from './calls.explain.js';
import type { callDetailSchema, listCallsQuerySchema } from './calls.schemas.js';
import { callNames } from './calls.names.js';
import { callScope } from './calls.scope.js';
import { countCalls, readCall, readCallEntries, readCalls } from './calls.sql.js';
import { explanationOf, toCallView, type CallView } from './calls.view.js';

type ListQuery = z.infer<typeof listCallsQuerySchema>;
type CallDetailView = z.infer<typeof callDetailSchema>;

const argumentsSchema = z.record(z.string(), z.json());

/** Reads calls for screens: only those of agents whose calls the actor may see. */
@Injectable()
export class CallQueries {
  constructor(private readonly db: Database) {}

  /** One page, newest first unless asked otherwise. */
  async list(actor: Actor, query: ListQuery): Promise<{ items: CallView[]; total: number }> {
    const scope = callScope(actor);
    const rows = await readCalls(this.db, query, scope);
    const total = await countCalls(this.db, query, scope);
    const names = await callNames(this.db, rows);
    return { items: rows.map((row) => toCallView(row, names)), total };
  }

  /** One call's whole story. What the actor may not see is `not_found`, like what does not exist. */
  async get(actor: Actor, id: string): Promise<CallDetailView> {
    const row = await readCall(this.db, id, callScope(actor));
    if (row === null)
      throw new DomainError(
        'not_found',
        'This call was not found, or you do not have access to it.',
      );
    const entries = await readCallEntries(this.db, id);
    const args = argumentsOf(entries.find((entry) => entry.arguments !== null)?.arguments ?? null);
    const names = await callNames(this.db, [row]);
    return {
      ...toCallView(row, names),
      remedy: explanationOf(row).remedy,
      policyVersion: await this.#policyVersion(row.data.policyVersionId ?? null),
      delegationId: row.data.delegationId ?? null,
      actors: (row.data.actors ?? [row.agentId]).map((id) => ({ id, name: names.get(id) ?? id })),
      agentDecision: row.data.agentDecision ?? null,
      personDecision: row.data.personDecision ?? null,
      epoch: row.data.epoch === undefined ? null : String(row.data.epoch),
      binding: await this.#binding(row.data.bindingId),
      evaluatedRules: await explainCall(this.db, row, args),
      argumentNames: Object.keys(args ?? {}),
      entries: entries.map((entry) => ({
        id: entry.id,
        type: entry.type,
        at: entry.at.toISOString(),
        chain: entry.chain,
        seq: String(entry.seq),
        hash: Buffer.from(entry.hash).toString('hex'),
      })),
    };
  }

  async #policyVersion(id: string | null): Promise<CallDetailView['policyVersion']> {
    if (id === null) return null;
    const version = await this.db.policyVersion.findUnique({
      where: { id },
      include: { policy: true },
    });
    if (version === null) return null;
    const { policy, number } = version;
    return { id, policy: { id: policy.id, name: policy.name }, number };
  }

  async #binding(id: string | null): Promise<CallDetailView['binding']> {
    if (id === null) return null;
    const binding = await this.db.binding.findUnique({ where: { id }, include: { issuer: true } });
    return binding && { id, issuer: binding.issuer?.url ?? null, subject: binding.subject };
  }
}

const argumentsOf = (content: string | null): JsonObject | null =>
  content === null ? null : argumentsSchema.parse(JSON.parse(content));
