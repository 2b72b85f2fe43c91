import { personIdOf } from '#libs/platform/kernel';
import { changeOfTool } from '../catalog.repository.js';
import { classifyToolSchema } from '../catalog.schemas.js';

/** Says what a tool's effect is, whatever its tool server claims; rules by classification apply at once. */
export class ClassifyTool extends changeOfTool({
  name: 'classify-tool',
  action: 'classify',
  changesRights: true,
  emergency: { rejected: 'rules select tools by their classification' },
  input: classifyToolSchema,
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
      subject: { id, name: `${tool.server.slug}/${tool.name}` },
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
