import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import { linkCandidate, type LinkCandidate } from '../linking/link-candidate.js';
import { LINK_ATTRIBUTES } from '../linking/link-rule.js';

const LINK_LOCK = 4_711_020;

const linkIdentitySchema = z.strictObject({
  issuerId: idSchema,
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  attribute: z.enum(LINK_ATTRIBUTES),
  value: z.string().min(1).max(255),
});
type Input = z.infer<typeof linkIdentitySchema>;

/** Somebody whom SCIM brought signs in for the first time: (issuer, subject) is theirs from now on. */
@Injectable()
export class LinkIdentity extends Command<Input, { personId: string }, 'Person', LinkCandidate> {
  static readonly traits = {
    name: 'link-identity',
    permission: { action: 'change', subject: 'Person' },
    changesRights: 'people',
    creates: false,
    actors: 'system',
  } as const satisfies CommandTraits<'Person'>;

  readonly traits = LinkIdentity.traits;
  readonly input = linkIdentitySchema;

  protected subjectId(): null {
    return null;
  }

  protected async load({ tx }: CommandContext, input: Input): Promise<LinkCandidate | null> {
    // One at a time, so that nobody is linked to two subjects of an issuer.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LINK_LOCK})`;
    return linkCandidate(tx, input);
  }

  protected async run(
    { tx, now }: CommandContext,
    { issuer, subject, attribute, value }: Input,
    { id, name, connectionId }: LinkCandidate,
  ): Promise<Change<{ personId: string }>> {
    await tx.personIdentity.create({
      data: { issuer, subject, personId: id, linkedAt: now, linkedBy: 'claim' },
      select: { personId: true },
    });
    return {
      output: { personId: id },
      subject: { id, name },
      facts: { attribute, connectionId },
      changes: { issuer, subject, value },
    };
  }
}
