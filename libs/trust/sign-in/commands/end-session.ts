import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { sessionChange, sessionInputSchema, type SessionInput } from './session-command.js';

/** A person signs out of the console, with or without a role left. */
@Injectable()
export class EndSession extends Command<SessionInput, null, 'Session'> {
  static readonly traits = {
    name: 'end-session',
    permission: { action: 'end', subject: 'Session' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'Session'>;

  readonly traits = EndSession.traits;
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
