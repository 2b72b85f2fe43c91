import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { accessGrantEnd } from '../grants/access-grant-end.js';
import { lockVersion, type LoadedVersion } from '../policies.repository.js';
import { archiveVersion } from '../policies.sql.js';
import { notAnActiveAccessGrant } from '../policies.rules.js';

const inputSchema = z.strictObject({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Archives a grant whose time is over; its rule ended by itself, so nobody's rights change. */
@Injectable()
export class ExpireAccessGrant extends Command<
  Input,
  { id: string },
  'PolicyVersion',
  LoadedVersion
> {
  static readonly traits = {
    name: 'expire-access-grant',
    permission: { action: 'end', subject: 'PolicyVersion' },
    changesRights: false,
    creates: false,
    actors: 'system',
  } as const satisfies CommandTraits<'PolicyVersion'>;

  readonly traits = ExpireAccessGrant.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedVersion | null> {
    return lockVersion(tx, id);
  }

  protected async run(
    { tx, now }: CommandContext,
    { id }: Input,
    version: LoadedVersion,
  ): Promise<Change<{ id: string }>> {
    const { kind, policyId, policyName, number, text } = version;
    if (kind !== 'access_grant') throw notAnActiveAccessGrant(version);
    const until = accessGrantEnd(id, text);
    if (until > now) {
      throw new DomainError(
        'precondition_failed',
        'The grant still counts: end it, with a reason.',
      );
    }
    if (!(await archiveVersion(tx, id, now))) throw notAnActiveAccessGrant(version);
    return {
      output: { id },
      subject: { id, name: `${policyName} version ${number}` },
      facts: { policyId, number, until: until.toISOString() },
    };
  }
}
