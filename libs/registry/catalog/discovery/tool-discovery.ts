import { Inject, Injectable } from '@nestjs/common';
import { isStorable } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import type { JobDelivery } from '#libs/platform/queue';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import { MAX_TOOLS } from '../catalog.rules.js';
import { NoteFailedDiscovery } from '../commands/note-failed-discovery.js';
import { PinTools } from '../commands/pin-tools.js';
import { addressOf } from '../tool-server-address.js';
import { offerOfMcp, offerOfRest, type Offer } from './offered-tools.js';
import { printable, siftTools } from './sift-tools.js';

const ACTOR = systemActor('worker');

/**
 * The job `catalog.discover-tools`: asks a tool server what it offers, outside of any transaction, and
 * has it pinned. Doing it again changes nothing that is pinned.
 */
@Injectable()
export class ToolDiscovery {
  constructor(
    private readonly db: Database,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    private readonly pinTools: PinTools,
    private readonly noteFailedDiscovery: NoteFailedDiscovery,
  ) {}

  /** Handles one delivery; throws when another attempt may help. */
  async handle(delivery: JobDelivery<'catalog.discover-tools'>): Promise<void> {
    const { serverId } = delivery.payload;
    const server = await this.db.toolServer.findUnique({ where: { id: serverId } });
    if (server === null) return;
    const asked = addressOf(server);
    const offer = await this.#offer(server.kind, asked).catch(async (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      if (!mayHelp(error) || delivery.lastAttempt) return error;
      const reason = printable(error.message);
      await this.noteFailedDiscovery.execute(ACTOR, { serverId, asked, reason });
      throw error;
    });
    await this.pinTools.execute(
      ACTOR,
      offer instanceof DomainError
        ? { found: false, serverId, asked, reason: printable(offer.message) }
        : { found: true, serverId, asked, ...(await siftOffer(server.slug, offer)) },
    );
  }

  async #offer(kind: 'mcp' | 'rest', url: string): Promise<Offer> {
    const offer =
      kind === 'mcp' ? await offerOfMcp(this.outbound, url) : await offerOfRest(this.outbound, url);
    if (offer.tools.length > MAX_TOOLS) {
      const message = `The tool server offers ${offer.tools.length} tools; at most ${MAX_TOOLS} can be pinned.`;
      throw new DomainError('invalid_input', message);
    }
    if (!isStorable(offer.document)) {
      const message = 'The OpenAPI document holds a character that cannot be stored.';
      throw new DomainError('invalid_input', message);
    }
    return offer;
  }
}

// The network may be better in a moment; what the tool server says of itself will be the same.
const mayHelp = (error: DomainError): boolean => error.code !== 'invalid_input';

const siftOffer = async (slug: string, { tools, refused, document }: Offer) => {
  const sifted = await siftTools(slug, tools);
  const words = [...sifted.refused, ...refused].map(({ name, reason }) => ({
    name: printable(name),
    reason: printable(reason),
  }));
  return { tools: sifted.usable, refused: words, document };
};
