import { personIdOf } from '#libs/platform/kernel';
import type { SecondPerson } from '#libs/engine/commands';
import { changeOfTool, type LockedTool } from '../catalog.repository.js';
import { classifyToolSchema } from '../catalog.schemas.js';

/** Says what a tool's effect is, whatever its tool server claims; rules by classification apply at once. */
export class ClassifyTool extends changeOfTool({
  name: 'classify-tool',
  action: 'classify',
  changesRights: true,
  emergency: { rejected: 'rules select tools by their classification' },
  input: classifyToolSchema,
  secondPerson: {
    when: 'an agent could call more by it',
    async ask({ rightsOf }, { id, classification }, tool): Promise<SecondPerson | null> {
      if (classification === tool.classification) return null;
      const rights = await rightsOf({ toolIds: [id] });
      return {
        explanation: `As ${classification} instead of ${tool.classification}, ${nameOf(tool)} falls under other rules, by which agents could call it that could not before, or under fewer limits.`,
        // Security alone proposes it; with IT, too, the last one of security is never alone with it.
        roles: ['it', 'security'],
        people: tool.server.owner.disabledAt === null ? [tool.server.owner.id] : [],
        rights,
        unless: 'not_widened',
      };
    },
  },
  async run({ tx, now, actor, endAccess }, { id, classification, reason }, tool) {
    await tx.tool.update({
      where: { id },
      data: {
        classification,
        classifiedAt: now,
        classifiedById: personIdOf(actor),
      },
      select: { id: true },
    });
    const before = tool.classification;
    if (classification !== before) {
      await endAccess({ kind: 'tool', id, reason: 'classified', before });
    }
    return {
      output: { id },
      subject: { id, name: nameOf(tool) },
      facts: {
        from: before,
        to: classification,
        // The first time, `from` was nobody's decision.
        isFirstClassification: tool.classifiedAt === null,
        serverId: tool.serverId,
      },
      reason,
    };
  },
}) {}

const nameOf = ({ server, name }: LockedTool): string => `${server.slug}/${name}`;
