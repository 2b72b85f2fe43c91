import {
  readableFilter,
  readableWhere,
  type FieldTest,
  type FilterLanguage,
} from '#libs/platform/access';
import { Prisma, type AgentWhereInput } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';

/**
 * The agents whose calls may be seen, as SQL for the array of their ids (as the ledger has them); null
 * for everybody's. The database looks the agents up: there may be thousands.
 */
export type CallScope = Prisma.Sql | null;

/** Whose calls the actor may read. */
export const callScope = (actor: Actor): CallScope => {
  const agents = readableFilter(actor, 'Call', { agentTeamId: ofTeam }, SQL);
  return agents === SQL.everything
    ? null
    : Prisma.sql`ARRAY(SELECT a.id::text FROM agent a WHERE ${agents})`;
};

/** The same agents for Prisma. */
export const agentsOfReadableCalls = (actor: Actor): AgentWhereInput =>
  readableWhere(actor, 'Call', { agentTeamId: (test) => ({ teamId: test }) });

const ofTeam = (test: FieldTest): Prisma.Sql => {
  if ('in' in test) return Prisma.sql`a.team_id = ANY(${test.in}::uuid[])`;
  if ('equals' in test) return Prisma.sql`a.team_id = ${test.equals}::uuid`;
  return Prisma.sql`a.team_id <> ${test.not}::uuid`;
};

const SQL: FilterLanguage<Prisma.Sql> = {
  everything: Prisma.sql`true`,
  nothing: Prisma.sql`false`,
  and: (parts) => (parts.length === 0 ? SQL.everything : Prisma.join(parts, ' AND ', '(', ')')),
  or: (parts) => Prisma.join(parts, ' OR ', '(', ')'),
  not: (part) => Prisma.sql`(NOT ${part})`,
};
