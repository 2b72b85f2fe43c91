import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { newId } from '#libs/platform/kernel';
import type { z } from 'zod';
import { assertIssuerExists, assertNameIsFree } from '../connections.repository.js';
import { registerScimConnectionSchema } from '../connections.schemas.js';

const inputSchema = registerScimConnectionSchema;
type Input = z.infer<typeof inputSchema>;

/** Registers a provisioning client; it reaches nothing before it has a token. */
@Injectable()
export class RegisterScimConnection extends Command<
  Input,
  { id: string },
  'ScimConnection',
  { id: string }
> {
  static readonly traits = {
    name: 'register-scim-connection',
    permission: { action: 'register', subject: 'ScimConnection' },
    changesRights: false,
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'ScimConnection'>;

  readonly traits = RegisterScimConnection.traits;
  readonly input = inputSchema;

  protected subjectId(): null {
    return null;
  }

  protected load(): Promise<{ id: string }> {
    return Promise.resolve({ id: newId() });
  }

  protected async run(
    { tx, now }: CommandContext,
    input: Input,
    { id }: { id: string },
  ): Promise<Change<{ id: string }>> {
    await assertNameIsFree(tx, input.name, id);
    await assertIssuerExists(tx, input.issuerId);
    await tx.scimConnection.create({
      data: { ...input, id, createdAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: input.name },
      facts: { kind: input.kind, issuerId: input.issuerId },
    };
  }
}
