import { areRelated, readMakers } from '#libs/engine/actors';
import type { CommandContext, Rights, SecondPerson } from '#libs/engine/commands';
import type { LoadedAgent } from '../agents.repository.js';

/** Security alone confirms what would let an agent call something that may call nothing yet. */
export const SECURITY = { roles: ['security'] } as const satisfies Partial<SecondPerson>;

/**
 * Who confirms a change of an agent that may call something: security, and its present owner. An owner whom
 * the author made, or who made the author, is no second person: they could be one. Nor is one whom the team's
 * rule named: one person writes the rule, and disables the owner before.
 */
export const securityOrOwner = async (
  { tx, actor }: CommandContext,
  { ownerId, inheritedAt }: Pick<LoadedAgent, 'ownerId' | 'inheritedAt'>,
): Promise<Pick<SecondPerson, 'roles' | 'people'>> => {
  if (inheritedAt !== null) return SECURITY;
  const makers = await readMakers(tx, [actor.id, ownerId]);
  return areRelated(actor.id, [ownerId], makers) ? SECURITY : { ...SECURITY, people: [ownerId] };
};

/** Security confirms that an agent that may call nothing could call something, by another team, tier or tag. */
export const wouldCall = (
  { name }: Pick<LoadedAgent, 'name'>,
  rights: Rights,
  more: Pick<SecondPerson, 'concerns'> = {},
): SecondPerson => ({
  explanation: `${name} may call nothing today, and could call something by what is changed of it.`,
  ...SECURITY,
  ...more,
  rights,
  unless: 'not_widened',
});

/** What an agent may call. */
export const rightsOfAgent = (
  { rightsOf }: CommandContext,
  { id }: Pick<LoadedAgent, 'id'>,
): Promise<Rights> => rightsOf({ agentIds: [id] });

/** In words, how much the agent may call, and for how many people. */
export const mayCall = async (
  { tx, now }: CommandContext,
  { id, name }: Pick<LoadedAgent, 'id' | 'name'>,
  { pairs }: Rights,
): Promise<string> => {
  const people = await tx.delegation.count({
    where: { agentId: id, withdrawnAt: null, expiresAt: { gt: now } },
  });
  const tools = `${name} may call ${count(pairs.total, 'tool', 'tools')}`;
  return people === 0
    ? tools
    : `${tools}, and ${count(people, 'person lets', 'people let')} it act for them`;
};

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
