import { command } from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import { registerAgentIn, registrationFacts } from '../agents.registration.js';
import { registerAgentSchema } from '../agents.schemas.js';
import { retireAgentNow } from '../agents.changes.js';

/** Registers an agent as a draft: known by name, able to do nothing yet. */
export class RegisterAgent extends command({
  name: 'register-agent',
  permission: { action: 'register', subject: 'Agent' },
  changesRights: false,
  emergency: {
    ends: 'the agent is retired',
    undo: (ctx, { subjectId, reason }) => retireAgentNow(ctx, subjectId, reason),
  },
  creates: true,
  input: registerAgentSchema,
  load: (_, { teamId, ownerId }) => ({ id: newId(), teamId, ownerId }),
  async run(ctx, input, { id }) {
    await registerAgentIn(ctx, input, id);
    return {
      output: { id },
      subject: { id, name: input.name },
      facts: registrationFacts(input),
      changes: { purpose: input.purpose },
    };
  },
}) {}
