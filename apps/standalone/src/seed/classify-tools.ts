import type { INestApplicationContext } from '@nestjs/common';
import { ClassifyTool } from '#libs/registry/catalog';
import type { Database } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import type { DemoOrganisation } from '../../../sandbox/src/index.js';

/** Classifies the organisation's tools; one that somebody has classified already is left alone. */
export const classifyTools = async (
  commands: INestApplicationContext,
  db: Database,
  context: { actor: Actor; reason: string; classifications: DemoOrganisation['classifications'] },
): Promise<void> => {
  const { actor, reason, classifications } = context;
  for (const { server, tool, classification } of classifications) {
    const { id, classifiedAt } = await db.tool.findFirstOrThrow({
      where: { name: tool, server: { slug: server } },
    });
    if (classifiedAt !== null) continue;
    await commands.get(ClassifyTool).execute(actor, { id, classification, reason });
  }
};
