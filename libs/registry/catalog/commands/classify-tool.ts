import { personIdOf } from '#libs/platform/kernel';
import { changeOfTool } from '../catalog.repository.js';
import { classifyToolSchema } from '../catalog.schemas.js';

/** Says what a tool's effect is, whatever its tool server claims; rules by classification apply at once. */
export class ClassifyTool extends changeOfTool({
  name: 'classify-tool',
  action: 'classify',
  changesRights: true,
  input: classifyToolSchema,
  async run({ tx, now, actor }, { id, classification, reason }, tool) {
    await tx.tool.update({
      where: { id },
      data: {
        classification,
        classifiedAt: now,
        classifiedById: personIdOf(actor),
      },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: `${tool.server.slug}/${tool.name}` },
      facts: {
        from: tool.classification,
        to: classification,
        // The first time, `from` was nobody's decision.
        isFirstClassification: tool.classifiedAt === null,
        serverId: tool.serverId,
      },
      reason,
    };
  },
}) {}
