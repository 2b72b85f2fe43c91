import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import type { JobDelivery } from '#libs/platform/queue';
import { OUTBOUND, type Outbound } from '#libs/engine/upstream';
import { MAX_TOOLS } from '../catalog.rules.js';
import { RecordDiscoveryFailure } from '../commands/record-discovery-failure.js';
import { PinTools } from '../commands/pin-tools.js';
import { addressOf } from '../tool-server-address.js';
import { discoveredOverMcp, discoveredOverRest, type Offer } from './discovered-tools.js';
import { printable, validateTools } from './validate-tools.js';

const ACTOR = systemActor('worker');

type AskedServer = Parameters<typeof addressOf>[0] & { slug: string };

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
    private readonly recordDiscoveryFailure: RecordDiscoveryFailure,
  ) {}

  /** Handles one delivery; throws when another attempt may help. */
  async handle(delivery: JobDelivery<'catalog.discover-tools'>): Promise<void> {
    const { serverId } = delivery.payload;
    const server = await this.db.toolServer.findUnique({ where: { id: serverId } });
    if (server === null) return;
    const url = addressOf(server);
    const offer = await this.#offer(server).catch(async (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      if (!canHelp(error) || delivery.lastAttempt) return error;
      const reason = printable(error.message);
      await this.recordDiscoveryFailure.execute(ACTOR, { serverId, url, reason });
      throw error;
    });
    await this.pinTools.execute(
      ACTOR,
      offer instanceof DomainError
        ? { found: false, serverId, url, reason: printable(offer.message) }
        : { found: true, serverId, url, ...(await validateDiscoveredTool(server.slug, offer)) },
    );
  }

  async #offer(server: AskedServer): Promise<Offer> {
    const { kind, url: baseUrl, slug } = server;
    const offer =
      kind === 'mcp'
        ? await discoveredOverMcp(this.outbound, baseUrl)
        : await discoveredOverRest(this.outbound, {
            openapiUrl: addressOf(server),
            baseUrl,
            slug,
          });
    if (offer.tools.length > MAX_TOOLS) {
      const message = `The tool server offers ${offer.tools.length} tools; at most ${MAX_TOOLS} can be pinned.`;
      throw new DomainError('invalid_input', message);
    }
    return offer;
  }
}

// The network may be better in a moment; what the tool server says of itself will be the same.
const canHelp = (error: DomainError): boolean => error.code !== 'invalid_input';

const validateDiscoveredTool = async (slug: string, { tools, rejected, documentDigest }: Offer) => {
  const validated = await validateTools(slug, tools);
  const words = [...validated.rejected, ...rejected].map(({ name, reason }) => ({
    name: printable(name),
    reason: printable(reason),
  }));
  return { tools: validated.usable, rejected: words, documentDigest };
};
