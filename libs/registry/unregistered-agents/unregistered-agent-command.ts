import { Injectable } from '@nestjs/common';
import { Command, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import {
  lockUnregisteredAgent,
  type LoadedUnregisteredAgent,
} from './unregistered-agents.repository.js';
import { changeUnregisteredAgentSchema } from './unregistered-agents.schemas.js';

/** Which caller, and why. */
export const unregisteredAgentInputSchema = changeUnregisteredAgentSchema.extend({ id: idSchema });

/** One of {@link unregisteredAgentInputSchema}. */
export type UnregisteredAgentInput = z.infer<typeof unregisteredAgentInputSchema>;

/** A change of one caller in the inbox: its row is held while the change is made. */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class UnregisteredAgentCommand extends Command<
  UnregisteredAgentInput,
  { id: string },
  'UnregisteredAgent',
  LoadedUnregisteredAgent
> {
  readonly input = unregisteredAgentInputSchema;

  protected subjectId({ id }: UnregisteredAgentInput): string {
    return id;
  }

  protected load(
    { tx }: CommandContext,
    { id }: UnregisteredAgentInput,
  ): Promise<LoadedUnregisteredAgent | null> {
    return lockUnregisteredAgent(tx, id);
  }
}
