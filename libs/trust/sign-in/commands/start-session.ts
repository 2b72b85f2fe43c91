import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { sessionChange, sessionInputSchema, type SessionInput } from './session-command.js';

/** A person signs in to the console; somebody without a role is rejected, and that is recorded too. */
@Injectable()
export class StartSession extends Command<SessionInput, null, 'Session'> {
  static readonly traits = {
    name: 'start-session',
    permission: { action: 'start', subject: 'Session' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'Session'>;

  readonly traits = StartSession.traits;
  readonly input = sessionInputSchema;

  protected subjectId({ personId }: SessionInput): string {
    return personId;
  }

  protected load(_ctx: CommandContext, { personId }: SessionInput) {
    return Promise.resolve({ personId });
  }

  protected run(ctx: CommandContext, input: SessionInput): Promise<Change<null>> {
    return Promise.resolve(sessionChange(ctx, input));
  }
}
