import { changeOf, type CommandContext } from '#libs/engine/commands';
import type { z } from 'zod';
import type { agentStateSchema, riskTierSchema } from './agents.schemas.js';

/** An agent as commands need it. */
export interface LoadedAgent {
  id: string;
  name: string;
  purpose: string;
  tags: string[];
  riskTier: z.infer<typeof riskTierSchema>;
  teamId: string;
  ownerId: string;
  state: z.infer<typeof agentStateSchema>;
  stoppedBySecurity: boolean;
  expiresAt: Date | null;
  inactiveAfterDays: number | null;
  orphanedAt: Date | null;
  /** Its owner is whom its team's rule named, and security has not agreed to them. */
  inheritedAt: Date | null;
  activatedAt: Date | null;
  createdAt: Date;
  owner: { disabledAt: Date | null };
  bindingCount: number;
}

/** Loads an agent and holds its row, so that two changes of one agent follow each other. */
export const lockAgent = async (
  { tx, signs }: Pick<CommandContext, 'tx' | 'signs'>,
  id: string,
): Promise<LoadedAgent | null> => {
  await signs('agent', [id]);
  const row = await tx.agent.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      purpose: true,
      tags: true,
      riskTier: true,
      teamId: true,
      ownerId: true,
      state: true,
      stoppedBySecurity: true,
      expiresAt: true,
      inactiveAfterDays: true,
      orphanedAt: true,
      inheritedAt: true,
      activatedAt: true,
      createdAt: true,
      owner: { select: { disabledAt: true } },
      _count: { select: { bindings: true } },
    },
  });
  if (row === null) return null;
  const { _count: count, ...agent } = row;
  return { ...agent, bindingCount: count.bindings };
};

/** A change of one agent: its row is held while it is made. */
export const changeOfAgent = changeOf('Agent', lockAgent);
