import { Injectable } from '@nestjs/common';
import { Command, type CommandContext } from '#libs/engine/commands';
import { lockAgent, type LoadedAgent } from './agents.repository.js';

/** A change of one agent that there is already: its row is held while the change is made. */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class AgentCommand<Input extends { id: string }> extends Command<
  Input,
  { id: string },
  'Agent',
  LoadedAgent
> {
  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedAgent | null> {
    return lockAgent(tx, id);
  }
}
