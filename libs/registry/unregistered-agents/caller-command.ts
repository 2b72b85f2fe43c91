import { Injectable } from '@nestjs/common';
import { Command, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { lockCaller, type LoadedCaller } from './unregistered.repository.js';
import { changeCallerSchema } from './unregistered.schemas.js';

/** Which caller, and why. */
export const callerInputSchema = changeCallerSchema.extend({ id: idSchema });

/** One of {@link callerInputSchema}. */
export type CallerInput = z.infer<typeof callerInputSchema>;

/** A change of one caller in the inbox: its row is held while the change is made. */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class CallerCommand extends Command<
  CallerInput,
  { id: string },
  'UnregisteredCaller',
  LoadedCaller
> {
  readonly input = callerInputSchema;

  protected subjectId({ id }: CallerInput): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: CallerInput): Promise<LoadedCaller | null> {
    return lockCaller(tx, id);
  }
}
