import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { HOUR_MS, type Actor } from '#libs/platform/kernel';
import { callNames, toCallView } from '#libs/oversight/calls';
import type { z } from 'zod';
import { hourly, sumOf } from './overview.rules.js';
import type { overviewSchema } from './overview.schemas.js';
import { scopeOf, type OverviewScope } from './overview.scope.js';
import {
  callsByHour,
  changesByPeople,
  ledgerState,
  latestDeniedOrInvalid,
  countRequestsWithoutAgent,
} from './overview.sql.js';

type Overview = z.infer<typeof overviewSchema>;

const NEWEST = 10;
const CHANGES = 20;

/** Reads the overview's numbers, each only as far as the actor may see what is behind it. */
@Injectable()
export class OverviewQueries {
  constructor(private readonly db: Database) {}

  /** The overview as of `now`. */
  async get(actor: Actor, now: Date = new Date()): Promise<Overview> {
    const { db } = this;
    const scope = scopeOf(actor);
    const firstHour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - 23 * HOUR_MS);
    const today = new Date(now.toISOString().slice(0, 10));
    const [
      agents,
      hours,
      requestsWithoutAgent,
      deniedOrInvalid,
      inReviewCount,
      servers,
      changes,
      ledger,
    ] = await Promise.all([
      this.agents(scope),
      callsByHour(db, scope, firstHour),
      scope.calls === null ? countRequestsWithoutAgent(db, firstHour) : null,
      this.deniedOrInvalid(scope),
      scope.policyVersions ? db.policyVersion.count({ where: { state: 'in_review' } }) : null,
      scope.toolServers ? db.toolServer.groupBy({ by: ['state'], _count: true }) : null,
      scope.ledger ? changesByPeople(db, today, CHANGES) : null,
      scope.ledger ? ledgerState(db) : null,
    ]);
    const callsOfHours = hourly(hours, firstHour);
    return {
      ...agents,
      callsLast24h: sumOf(callsOfHours),
      callsByHour: callsOfHours,
      requestsWithoutAgentLast24h: requestsWithoutAgent,
      latestDeniedOrInvalid: deniedOrInvalid,
      inReviewCount,
      toolServers: servers && serverCounts(servers),
      changesToday: changes?.map(toChange) ?? null,
      ledger: ledger && { entries: ledger.entries, lastVerification: lastVerification(ledger) },
    };
  }

  private async agents({ agents }: OverviewScope) {
    const rows = await this.db.agent.groupBy({
      by: ['state', 'riskTier'],
      where: agents,
      _count: true,
    });
    const agentsByState: Record<string, number> = { draft: 0, active: 0, suspended: 0, retired: 0 };
    const agentsByRiskTier: Record<string, number> = { low: 0, medium: 0, high: 0 };
    for (const { state, riskTier, _count } of rows) {
      agentsByState[state] = (agentsByState[state] ?? 0) + _count;
      agentsByRiskTier[riskTier] = (agentsByRiskTier[riskTier] ?? 0) + _count;
    }
    return { agentsByState, agentsByRiskTier };
  }

  private async deniedOrInvalid(scope: OverviewScope): Promise<Overview['latestDeniedOrInvalid']> {
    const rows = await latestDeniedOrInvalid(this.db, scope, NEWEST);
    const names = await callNames(this.db, rows);
    return rows.map((row) => toCallView(row, names));
  }
}

const serverCounts = (rows: readonly { state: string; _count: number }[]) => {
  const inState = (state: string) => rows.find((row) => row.state === state)?._count ?? 0;
  return {
    ready: inState('ready'),
    discovering: inState('discovering'),
    failed: inState('failed'),
  };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const toChange = (row: Awaited<ReturnType<typeof changesByPeople>>[number]) => {
  const names = (row.names === null ? {} : JSON.parse(row.names)) as Record<string, unknown>;
  return {
    id: row.id,
    at: row.at.toISOString(),
    type: row.type,
    outcome: row.outcome,
    actor: textOf(names['actor']) ?? 'somebody',
    subject: textOf(names['subject']),
  };
};

const lastVerification = ({ verifiedAt, facts }: Awaited<ReturnType<typeof ledgerState>>) =>
  verifiedAt === null || facts === null
    ? null
    : { at: verifiedAt.toISOString(), ok: facts.ok, entries: facts.entries };
