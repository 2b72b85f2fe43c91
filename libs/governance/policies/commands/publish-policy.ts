import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { Actor, DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { decisionRejection, decidedMeanwhile } from '../policies.rules.js';
import { loadPolicyCatalog } from '../policies.loader.js';
import {
  assertBasis,
  findActive,
  lockVersion,
  momentOf,
  type LoadedVersion,
} from '../policies.repository.js';
import { decidePolicySchema } from '../policies.schemas.js';
import { archiveActive, decideVersion } from '../policies.sql.js';
import { usableRules } from '../policy-texts.js';

const inputSchema = decidePolicySchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Puts a version in force; never one's own proposal, and only over the version it was based on. */
@Injectable()
export class PublishPolicy extends Command<Input, { id: string }, 'PolicyVersion', LoadedVersion> {
  static readonly traits = {
    name: 'publish-policy',
    permission: { action: 'publish', subject: 'PolicyVersion' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'PolicyVersion'>;

  readonly traits = PublishPolicy.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedVersion | null> {
    return lockVersion(tx, id);
  }

  protected override rejection(actor: Actor, version: LoadedVersion): DomainError {
    return decisionRejection(actor, 'publish', version);
  }

  protected async run(
    { tx, actor, now }: CommandContext,
    { id, note }: Input,
    version: LoadedVersion,
  ): Promise<Change<{ id: string }>> {
    const { policyId, proposedById, number, basedOnId, text } = version;
    const basis = await findActive(tx, policyId);
    await assertBasis(tx, basedOnId, basis);
    // Tools, agents and groups may have come and gone since it was proposed, and a grant's time with them.
    usableRules(text, await loadPolicyCatalog(tx), momentOf(now, basis));
    const archivedId = await archiveActive(tx, policyId, now);
    const decidedById = actor.kind === 'person' ? actor.id : null;
    if (!(await decideVersion(tx, 'active', { id, decidedById, at: now, note }))) {
      throw decidedMeanwhile();
    }
    return {
      output: { id },
      subject: { id, name: `${version.policyName} version ${number}` },
      facts: {
        policyId,
        kind: version.kind,
        number,
        proposedById,
        requestedById: version.requestedById,
        publishedById: decidedById,
        archivedId,
      },
      names: { proposer: version.proposer ?? 'the installation', publisher: actor.name },
      reason: note,
    };
  }
}
