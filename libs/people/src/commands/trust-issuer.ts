import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { lineSchema } from '#libs/http';
import { newId } from '#libs/kernel';
import { z } from 'zod';

// Symmetric algorithms are not on the list: whoever verifies such a token could also have made it.
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'RS256'] as const;

const trustIssuerSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(500),
  name: lineSchema(100),
  audience: z.url().max(500),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1),
  profile: z.enum(['rfc9068', 'jwt']),
  clockToleranceSeconds: z.int().min(0).max(60),
});
type Input = z.infer<typeof trustIssuerSchema>;

/** Trusts an issuer's access tokens; only the installation does, when it is set up. */
@Injectable()
export class TrustIssuer extends Command<Input, { id: string }, 'Issuer'> {
  static readonly traits = {
    name: 'trust-issuer',
    permission: { action: 'register', subject: 'Issuer' },
    changesRights: true,
    creates: true,
    actors: 'system',
  } as const satisfies CommandTraits<'Issuer'>;

  readonly traits = TrustIssuer.traits;
  readonly input = trustIssuerSchema;

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
    await tx.issuer.create({ data: { ...input, id, createdAt: now } });
    const { url, name, ...facts } = input;
    return { output: { id }, subject: { id, name }, facts, changes: { url } };
  }
}
