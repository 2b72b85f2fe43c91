import type { SecondPerson } from '#libs/engine/commands';
import { DomainError, firstNames } from '#libs/platform/kernel';
import { changeOfToolServer } from '../catalog.repository.js';
import { takeOverToolsSchema } from '../catalog.schemas.js';
import { lockOffers, type LockedOffer } from '../offers.repository.js';

/**
 * Takes over what a tool server offers of some of its tools: a definition that changed, or a tool that nobody has
 * taken over. It is then what is pinned, and called.
 */
export class TakeOverTools extends changeOfToolServer({
  name: 'take-over-tools',
  action: 'take_over',
  changesRights: 'registry',
  emergency: { rejected: 'what is offered waits; what is pinned can stay in use' },
  input: takeOverToolsSchema,
  secondPerson: {
    when: 'an agent may call one of the tools',
    async ask({ rightsOf }, { tools }): Promise<SecondPerson | null> {
      const rights = await rightsOf({ toolIds: tools.map(({ id }) => id) });
      // IT registered its tool server, and security looked at what it offers: two people.
      if (rights.isEmpty) return null;
      return {
        explanation:
          'What is taken over is called from then on by agents whose rules select it, whatever it says and does.',
        roles: ['it', 'security'],
        rights,
        exposes: rights,
      };
    },
  },
  async run(ctx, { id, tools, reason }, server) {
    const digests = new Map(tools.map((tool) => [tool.id, tool.definitionDigest]));
    const offers = await lockOffers(ctx, id, [...digests.keys()]);
    if (offers.length < digests.size)
      throw new DomainError('not_found', 'One of these tools is none of this tool server.');
    for (const offer of offers) assertIsOffered(offer, digests.get(offer.id) ?? '');
    const ids = offers.map((offer) => offer.id);
    await ctx.tx.$executeRaw`SELECT tool_take_over(${ids}::uuid[], ${ctx.now})`;
    return {
      output: { id },
      subject: server,
      facts: { toolsTakenOver: offers.length },
      changes: {
        tools: offers.map(({ name, definitionDigest, offeredDigest }) => ({
          name,
          from: definitionDigest,
          to: offeredDigest ?? definitionDigest,
        })),
        names: firstNames(
          offers.map(({ name }) => name),
          offers.length,
        ),
      },
      reason,
    };
  },
}) {}

// Both people agreed to this definition, and to no other that came since or that somebody put in its place.
const assertIsOffered = (offer: LockedOffer, digest: string): void => {
  const { name, state, offeredDigest, definitionDigest, computedDigest } = offer;
  if (state === 'pinned' || state === 'removed')
    throw new DomainError('conflict', `${name} is ${state}: there is nothing to take over.`);
  if ((offeredDigest ?? definitionDigest) !== digest)
    throw new DomainError(
      'conflict',
      `Its tool server offers another definition of ${name} since. Look at it again.`,
    );
  if (computedDigest !== null && computedDigest !== digest)
    throw new DomainError(
      'conflict',
      `What is stored as offered of ${name} is not what was discovered. Have its tools refreshed.`,
    );
};
