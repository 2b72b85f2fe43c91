import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import { lockVersion, type LoadedVersion } from '../policies.repository.js';
import { notAnActiveAccessGrant } from '../policies.rules.js';
import { revokeAccessGrantSchema } from '../policies.schemas.js';
import { archiveVersion } from '../policies.sql.js';

const inputSchema = revokeAccessGrantSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Ends a grant before its time, for a reason. It only takes a right away, so it needs no second person. */
@Injectable()
export class RevokeAccessGrant extends Command<
  Input,
  { id: string },
  'PolicyVersion',
  LoadedVersion
> {
  static readonly traits = {
    name: 'revoke-access-grant',
    permission: { action: 'end', subject: 'PolicyVersion' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'PolicyVersion'>;

  readonly traits = RevokeAccessGrant.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedVersion | null> {
    return lockVersion(tx, id);
  }

  protected override rejection(actor: Actor, version: LoadedVersion): DomainError {
    const isSuch = version.kind === 'access_grant' && version.state === 'active';
    return isSuch ? super.rejection(actor, version) : notAnActiveAccessGrant(version);
  }

  protected async run(
    { tx, now }: CommandContext,
    { id, reason }: Input,
    version: LoadedVersion,
  ): Promise<Change<{ id: string }>> {
    const { policyId, policyName, number, requestedById } = version;
    if (version.kind !== 'access_grant' || !(await archiveVersion(tx, id, now))) {
      throw notAnActiveAccessGrant(version);
    }
    return {
      output: { id },
      subject: { id, name: `${policyName} version ${number}` },
      facts: { policyId, number, requestedById },
      reason,
    };
  }
}
