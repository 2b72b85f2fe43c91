import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { endSessionsOf } from '../end-sessions.js';
import { sessionChange, sessionInputSchema, type SessionInput } from './session-command.js';

/** A person signs out everywhere: every browser that they are signed in with, whatever it is doing. */
@Injectable()
export class EndAllSessions extends Command<SessionInput, { ended: number }, 'Session'> {
  static readonly traits = {
    name: 'end-all-sessions',
    permission: { action: 'end', subject: 'Session' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'Session'>;

  readonly traits = EndAllSessions.traits;
  readonly input = sessionInputSchema;

  protected subjectId({ personId }: SessionInput): string {
    return personId;
  }

  protected load(_ctx: CommandContext, { personId }: SessionInput) {
    return Promise.resolve({ personId });
  }

  protected async run(
    ctx: CommandContext,
    input: SessionInput,
  ): Promise<Change<{ ended: number }>> {
    const ended = await endSessionsOf(ctx.tx, input.personId);
    const change = sessionChange(ctx, input);
    return { ...change, output: { ended }, facts: { ...change.facts, ended } };
  }
}
