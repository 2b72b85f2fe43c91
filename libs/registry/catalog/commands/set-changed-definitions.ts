import type { SecondPerson } from '#libs/engine/commands';
import { changeOfToolServer } from '../catalog.repository.js';
import { setChangedDefinitionsSchema } from '../catalog.schemas.js';

/** Says whether a tool whose definition changed is blocked until it is taken over, or stays in use as pinned. */
export class SetChangedDefinitions extends changeOfToolServer({
  name: 'set-changed-definitions',
  action: 'take_over',
  changesRights: 'registry',
  emergency: { rejected: 'what is offered can be taken over instead' },
  input: setChangedDefinitionsSchema,
  secondPerson: {
    when: 'what changed would stay in use',
    ask: (_, { onChangedDefinition }, server): SecondPerson | null =>
      onChangedDefinition === 'block' || server.onChangedDefinition === 'keep'
        ? null
        : {
            explanation: `Tools of ${server.slug} stay in use as they were pinned when it offers other definitions of them, and so does a tool that does something else by now.`,
            roles: ['it', 'security'],
          },
  },
  async run({ tx, now }, { id, onChangedDefinition, reason }, server) {
    await tx.toolServer.update({
      where: { id },
      data: { onChangedDefinition, updatedAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: server,
      facts: { from: server.onChangedDefinition, to: onChangedDefinition },
      reason,
    };
  },
}) {}
