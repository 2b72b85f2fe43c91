import {
  bindAgentIn,
  registerAgentIn,
  registrationFacts,
  type NewBinding,
} from '#libs/registry/agents';
import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { DomainError, newId } from '#libs/platform/kernel';
import type { z } from 'zod';
import {
  callerName,
  lockUnregisteredAgent,
  type LoadedUnregisteredAgent,
} from '../unregistered-agents.repository.js';
import { unfitForClient } from '../unregistered-agents.rules.js';
import { registerUnregisteredAgentSchema } from '../unregistered-agents.schemas.js';

const inputSchema = registerUnregisteredAgentSchema.extend({ callerId: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Registers a caller of the inbox as a draft and binds it by the very token it came with. */
export class RegisterUnregisteredAgent extends command({
  name: 'register-unregistered-agent',
  permission: { action: 'register', subject: 'Agent' },
  changesRights: 'registry',
  creates: true,
  input: inputSchema,
  async load({ tx }, { callerId, teamId, ownerId }) {
    const caller = await lockUnregisteredAgent(tx, callerId);
    return caller && { id: newId(), teamId, ownerId, caller };
  },
  async run(ctx, { callerId, kind, conditions, ...agent }, { id, caller }) {
    if (caller.blockedAt !== null) throw blocked();
    const binding = bindingOf(caller, kind, conditions);
    await registerAgentIn(ctx, agent, id);
    const draft = { id, state: 'draft', bindingCount: 0 } as const;
    const bound = await bindAgentIn(ctx, draft, binding);
    const settled = await removeFromInbox(ctx.tx, caller, kind);
    return {
      output: { id },
      subject: { id, name: agent.name },
      facts: { ...registrationFacts(agent), ...bound.facts, callerId, settled },
      names: { caller: callerName(caller) },
      changes: { purpose: agent.purpose, subject: bound.subject, conditions },
    };
  },
}) {}

const bindingOf = (
  caller: LoadedUnregisteredAgent,
  kind: Input['kind'],
  conditions: Input['conditions'],
): NewBinding => {
  const { issuerId, subject, clientId } = caller;
  if (kind === 'subject') return { kind, issuerId, subject, conditions };
  const unfit = unfitForClient(caller);
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
  new DomainError('conflict', 'This caller is blocked. Unblock it first, with a reason.');
