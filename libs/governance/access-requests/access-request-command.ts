import { Injectable } from '@nestjs/common';
import { Command, type CommandContext } from '#libs/engine/commands';
import type { Actor, DomainError } from '#libs/platform/kernel';
import { lockRequest, type LoadedRequest } from './access-requests.repository.js';
import { assertPending } from './access-requests.rules.js';

/** A change of one request that there is already: its row is held while the change is made. */
// Decorated so that subclasses inherit the constructor's injection.
@Injectable()
export abstract class AccessRequestCommand<Input extends { id: string }> extends Command<
  Input,
  { id: string },
  'AccessRequest',
  LoadedRequest
> {
  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedRequest | null> {
    return lockRequest(tx, id);
  }

  protected override rejection(actor: Actor, request: LoadedRequest): DomainError {
    assertPending(request.state);
    return super.rejection(actor, request);
  }
}

/** What a request is called in the ledger. */
export const requestName = ({ agentName, toolName }: LoadedRequest): string =>
  `access of ${agentName} to ${toolName}`;
