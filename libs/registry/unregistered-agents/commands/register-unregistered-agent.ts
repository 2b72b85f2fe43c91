import {
  askForStoppedIdentity,
  bindAgentIn,
  registerAgentIn,
  registrationFacts,
  retireAgentNow,
  type NewBinding,
} from '#libs/registry/agents';
import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { DomainError, newId } from '#libs/platform/kernel';
import type { z } from 'zod';
import {
  unregisteredAgentName,
  lockUnregisteredAgent,
  type LoadedUnregisteredAgent,
} from '../unregistered-agents.repository.js';
import { unfitForClient } from '../unregistered-agents.rules.js';
import { registerUnregisteredAgentSchema } from '../unregistered-agents.schemas.js';

const inputSchema = registerUnregisteredAgentSchema.extend({ unregisteredAgentId: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Registers an agent of the inbox as a draft and binds it by the very token it came with. */
export class RegisterUnregisteredAgent extends command({
  name: 'register-unregistered-agent',
  permission: { action: 'register', subject: 'Agent' },
  changesRights: 'registry',
  emergency: {
    ends: 'the agent is retired',
    undo: (ctx, { subjectId, reason }) => retireAgentNow(ctx, subjectId, reason),
  },
  creates: true,
  input: inputSchema,
  async load({ tx }, { unregisteredAgentId, teamId, ownerId }) {
    const unregistered = await lockUnregisteredAgent(tx, unregisteredAgentId);
    return unregistered && { id: newId(), teamId, ownerId, unregistered };
  },
  secondPerson: {
    when: 'security stopped an agent that has or had this subject or client',
    ask: (ctx, { kind, conditions }, { unregistered }) =>
      askForStoppedIdentity(ctx.tx, bindingOf(unregistered, kind, conditions), null),
  },
  async run(ctx, { unregisteredAgentId, kind, conditions, ...agent }, { id, unregistered }) {
    if (unregistered.blockedAt !== null) throw blocked();
    const binding = bindingOf(unregistered, kind, conditions);
    await registerAgentIn(ctx, agent, id);
    const draft = { id, name: agent.name, state: 'draft', bindingCount: 0 } as const;
    const bound = await bindAgentIn(ctx, draft, binding);
    const removedFromInbox = await removeFromInbox(ctx.tx, unregistered, kind);
    return {
      output: { id },
      subject: { id, name: agent.name },
      facts: { ...registrationFacts(agent), ...bound.facts, unregisteredAgentId, removedFromInbox },
      names: { unregisteredAgent: unregisteredAgentName(unregistered) },
      changes: {
        purpose: agent.purpose,
        subject: bound.subject,
        conditions,
        issuer: bound.issuer,
      },
    };
  },
}) {}

const bindingOf = (
  unregistered: LoadedUnregisteredAgent,
  kind: Input['kind'],
  conditions: Input['conditions'],
): NewBinding => {
  const { issuerId, subject, clientId } = unregistered;
  if (kind === 'subject') return { kind, issuerId, subject, conditions };
  const unfit = unfitForClient(unregistered);
  if (unfit !== null) throw misfit('kind', unfit);
  if (conditions.length > 0)
    throw misfit('conditions', 'A client is bound without conditions. Leave them out.');
  return { kind, issuerId, clientId };
};

// Bound by its client, everybody who came with it has been seen to; those that are blocked stay so.
const removeFromInbox = async (
  tx: Tx,
  { id, issuerId, clientId }: LoadedUnregisteredAgent,
  kind: Input['kind'],
): Promise<number> => {
  const alike = { issuerId, clientId, blockedAt: null };
  const { count } = await tx.unregisteredAgent.deleteMany({
    where: kind === 'client' ? alike : { id },
  });
  return count;
};

const misfit = (path: string, message: string): DomainError =>
  new DomainError('invalid_input', message, { problems: [{ path, message }] });

const blocked = (): DomainError =>
  new DomainError('conflict', 'This agent is blocked. Unblock it first, with a reason.');
