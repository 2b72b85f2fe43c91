import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database, type SignalStreamInclude } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { toSignalView, toStreamView } from './signals.view.js';
import type {
  listSignalStreamsQuerySchema,
  signalStreamDetailSchema,
  signalStreamPageSchema,
} from './signals.schemas.js';

const NEWEST = 50;
const known = (ids: readonly (string | null)[]) => ids.filter((one) => one !== null);
const INCLUDE = {
  issuer: { select: { id: true, name: true, url: true } },
} as const satisfies SignalStreamInclude;

/** Reads streams and what came over them. */
@Injectable()
export class SignalQueries {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Streams, one page, the newest first. */
  async list({
    page,
    perPage,
    order,
  }: z.infer<typeof listSignalStreamsQuerySchema>): Promise<
    z.infer<typeof signalStreamPageSchema>
  > {
    const [rows, total] = await Promise.all([
      this.db.signalStream.findMany({
        include: INCLUDE,
        orderBy: [{ createdAt: order }, { id: order }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.signalStream.count(),
    ]);
    return { items: rows.map(toStreamView), total };
  }

  /** One stream with its newest signals; throws `not_found`. */
  async get(id: string): Promise<z.infer<typeof signalStreamDetailSchema>> {
    const row = await this.db.signalStream.findUnique({
      where: { id },
      include: { ...INCLUDE, signals: { orderBy: { receivedAt: 'desc' }, take: NEWEST } },
    });
    if (row === null)
      throw new DomainError('not_found', 'This stream was not found: check the id.');
    const [people, agents] = await Promise.all([
      this.db.person.findMany({
        where: { id: { in: known(row.signals.map(({ personId }) => personId)) } },
        select: { id: true, name: true },
      }),
      this.db.agent.findMany({
        where: { id: { in: known(row.signals.map(({ agentId }) => agentId)) } },
        select: { id: true, name: true },
      }),
    ]);
    return {
      ...toStreamView(row),
      pushUrl: `${this.config.publicUrl}/ssf/events`,
      signals: row.signals.map((signal) => toSignalView(signal, people, agents)),
    };
  }
}
