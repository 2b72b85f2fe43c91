import { Injectable } from '@nestjs/common';
import { CommandRuntime, findOpenProposal } from '#libs/engine/commands';
import { notFound } from '#libs/platform/access';
import type { PersonActor } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { PublishPolicy } from './commands/publish-policy.js';
import { notInReview } from './policies.rules.js';

/** Confirms the publication of a version that somebody proposed, as anybody who confirms any proposed change. */
@Injectable()
export class PolicyPublication {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly publishPolicy: PublishPolicy,
  ) {}

  /**
   * Confirms it.
   * @throws DomainError `not_found`, `conflict` where nobody proposed it, or what the command rejects
   */
  async confirm(actor: PersonActor, { id, note }: { id: string; note: string }): Promise<void> {
    const { db, clock } = this.runtime;
    const about = { command: PublishPolicy.spec.name, subjectId: id };
    const open = await findOpenProposal(db, about, clock.now());
    if (open === null) throw await this.#whyNone(id);
    await this.publishPolicy.confirm(actor, { id: open.id, subjectId: id, note });
  }

  async #whyNone(id: string): Promise<DomainError> {
    const version = await this.runtime.db.policyVersion.findUnique({
      where: { id },
      select: { state: true },
    });
    if (version === null) return notFound();
    return version.state === 'in_review'
      ? new DomainError('conflict', 'Nobody proposes to publish this version: propose it first.')
      : notInReview(version.state);
  }
}
