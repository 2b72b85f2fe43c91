import { raiseAlert } from '#libs/engine/alerts';
import { releasedBySecurity } from '#libs/platform/access';
import { assertCanBecome, assertCanCall } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';
import { suspendAgentNow } from '../agents.changes.js';
import { rightsOfAgent, SECURITY } from '../second-person/confirmers.js';

/** Lets an agent call: from a draft that has a binding, or after a suspension. */
export class ActivateAgent extends changeOfAgent({
  name: 'activate-agent',
  action: 'activate',
  changesRights: 'registry',
  emergency: {
    ends: 'the agent is suspended',
    undo: (ctx, { subjectId, reason }) => suspendAgentNow(ctx, subjectId, reason),
  },
  input: changeAgentStateSchema,
  secondPerson: {
    when: 'a draft could call something once it is active',
    async ask(ctx, _input, agent) {
      // What was suspended has been confirmed, or could call nothing.
      if (agent.state !== 'draft') return null;
      return {
        explanation: `Rules in force let ${agent.name} call tools as soon as it is active.`,
        ...SECURITY,
        rights: await rightsOfAgent(ctx, agent),
        unless: 'not_widened',
      };
    },
  },
  rejection(_, { stoppedBySecurity }) {
    return stoppedBySecurity ? releasedBySecurity() : undefined;
  },
  async run(ctx, { id, reason }, agent) {
    const { tx, now, actor } = ctx;
    assertCanBecome(agent.state, 'active');
    assertCanCall(agent, now);
    await tx.agent.update({
      where: { id },
      // Its days without a call are counted from here.
      data: {
        state: 'active',
        stateReason: reason,
        stoppedBySecurity: false,
        activatedAt: now,
        updatedAt: now,
      },
      select: { id: true },
    });
    if (agent.stoppedBySecurity) {
      await raiseAlert(tx, now, {
        kind: 'security_stop_released',
        subject: { kind: 'agent', id },
        message: `${actor.name} activated the agent ${agent.name}, which security had suspended: ${reason}`,
        by: actor,
      });
    }
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'active', wasStoppedBySecurity: agent.stoppedBySecurity },
      reason,
    };
  },
}) {}
