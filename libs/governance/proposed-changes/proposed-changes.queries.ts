import { Injectable } from '@nestjs/common';
import {
  CommandRuntime,
  confirmableWhere,
  openContent,
  openWhere,
  whyNotConfirm,
  type ProposedChange,
} from '#libs/engine/commands';
import { readableWhere } from '#libs/platform/access';
import { Database, type ProposedChangeWhereInput } from '#libs/platform/db';
import type { PersonActor } from '#libs/platform/http';
import { DomainError, ROLES } from '#libs/platform/kernel';
import { SecretBox } from '#libs/platform/secrets';
import type { z } from 'zod';
import type {
  listProposedChangesQuerySchema,
  proposedChangeDetailSchema,
  proposedChangePageSchema,
  ProposedChangeView,
} from './proposed-changes.schemas.js';

type Row = ProposedChange & {
  decidedById: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
};
type PersonRef = NonNullable<ProposedChangeView['proposedBy']>;

/** Reads proposed changes: those that the actor may see. */
@Injectable()
export class ProposedChangeQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    private readonly secrets: SecretBox,
  ) {}

  /** One page, newest first unless asked otherwise. */
  async list(
    actor: PersonActor,
    query: z.infer<typeof listProposedChangesQuerySchema>,
  ): Promise<z.infer<typeof proposedChangePageSchema>> {
    const { state, command, page, perPage, order } = query;
    const where = {
      AND: [
        readable(actor),
        inState(state, actor, this.runtime.clock.now()),
        command === undefined ? {} : { command },
      ],
    };
    const [rows, total] = await Promise.all([
      this.db.proposedChange.findMany({
        where,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.proposedChange.count({ where }),
    ]);
    return { items: await this.#views(actor, rows), total };
  }

  /** One, with what it would change. @throws DomainError `not_found` */
  async get(id: string, actor: PersonActor): Promise<z.infer<typeof proposedChangeDetailSchema>> {
    const row = await this.db.proposedChange.findFirst({
      where: { AND: [{ id }, readable(actor)] },
    });
    const [view] = row === null ? [] : await this.#views(actor, [row]);
    if (row === null || view === undefined)
      throw new DomainError('not_found', 'This proposed change was not found: check the id.');
    return { ...view, ...this.#content(row) };
  }

  // What does not open was changed by somebody who had no right to: then there is nothing to show or confirm.
  #content(row: Row) {
    try {
      const { effect, reason } = openContent(this.secrets, row);
      return { effect: effect as z.infer<typeof proposedChangeDetailSchema>['effect'], reason };
    } catch {
      return { effect: null, reason: null };
    }
  }

  async #views(actor: PersonActor, rows: readonly Row[]): Promise<ProposedChangeView[]> {
    const ids = rows.flatMap((row) => [
      row.proposedById,
      row.decidedById ?? [],
      ...row.confirmerIds,
    ]);
    const people = await this.db.person.findMany({
      where: { id: { in: ids.flat() } },
      select: { id: true, name: true, email: true },
    });
    const byId = new Map(people.map((person) => [person.id, person]));
    const now = this.runtime.clock.now();
    return rows.map((row) => toView(row, byId, { now, whyNot: whyNotConfirm(actor, row, now) }));
  }
}

const inState = (
  state: z.infer<typeof listProposedChangesQuerySchema>['state'],
  actor: PersonActor,
  now: Date,
): ProposedChangeWhereInput => {
  if (state === 'to_confirm') return confirmableWhere(actor, now);
  return state === 'open' ? openWhere(now) : {};
};

const readable = (actor: PersonActor): ProposedChangeWhereInput =>
  readableWhere<'ProposedChange', ProposedChangeWhereInput>(actor, 'ProposedChange', {
    proposedById: (test) => ({ proposedById: test }),
    confirmerIds: (test) => ({ confirmerIds: { hasSome: 'in' in test ? test.in : [] } }),
    confirmerRoles: (test) => ({
      confirmerRoles: { hasSome: ROLES.filter((role) => 'in' in test && test.in.includes(role)) },
    }),
  });

const toView = (
  row: Row,
  people: ReadonlyMap<string, PersonRef>,
  { now, whyNot }: { now: Date; whyNot: string | null },
): ProposedChangeView => ({
  id: row.id,
  command: row.command,
  subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
  explanation: row.explanation,
  state: row.state === 'open' && row.expiresAt <= now ? 'expired' : row.state,
  proposedBy: people.get(row.proposedById) ?? null,
  proposedAt: row.proposedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  confirmers: {
    roles: row.confirmerRoles,
    people: row.confirmerIds.flatMap((id) => people.get(id) ?? []),
  },
  aloneFrom: row.aloneFrom?.toISOString() ?? null,
  decidedBy: people.get(row.decidedById ?? '') ?? null,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decisionNote: row.decisionNote,
  canConfirm: whyNot === null,
  whyNotConfirm: whyNot,
});
