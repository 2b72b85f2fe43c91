import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { idSchema, timeSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { useToken } from '#libs/trust/token-endpoint';
import { z } from 'zod';

const text = z.string().min(1).max(255);
const endIdpSessionsSchema = z
  .strictObject({
    /** The IdP's key here. */
    provider: z.string().min(1).max(64),
    issuer: z.url().max(500),
    /** What the IdP calls the person, and its own session; at least one of the two. */
    subject: text.nullable(),
    session: text.nullable(),
    /** The logout token's `jti`, which is valid once. */
    tokenId: text,
    expiresAt: timeSchema,
  })
  .refine(({ subject, session }) => subject !== null || session !== null, 'whose sessions?');
type Input = z.infer<typeof endIdpSessionsSchema>;

const endedSchema = z.array(z.object({ personId: idSchema }));

/** An IdP ends the sessions that began there; only a verified logout token leads here. */
export class EndIdpSessions extends command({
  name: 'end-idp-sessions',
  permission: { action: 'end', subject: 'Session' },
  changesRights: false,
  creates: true,
  actors: 'system',
  input: endIdpSessionsSchema,
  load(_ctx, { provider }) {
    // Whose it was is known once it has ended.
    return Promise.resolve({ personId: provider });
  },
  async run({ tx }, input) {
    const { provider, issuer, subject, session } = input;
    await useUp(tx, input);
    const ended = endedSchema.parse(
      await tx.$queryRaw`DELETE FROM console_session
        WHERE sess->>'issuer' = ${issuer}
          AND (${subject}::text IS NULL OR sess->>'idpSubject' = ${subject})
          AND (${session}::text IS NULL OR sess->>'idpSession' = ${session})
        RETURNING sess->>'personId' AS "personId"`,
    );
    const personIds = [...new Set(ended.map(({ personId }) => personId))];
    return {
      output: { sessionsEnded: ended.length },
      subject: { id: personIds[0] ?? provider, name: issuer },
      facts: { provider, sessionsEnded: ended.length, personIds },
      changes: { issuer, subject, session },
    };
  },
}) {}

const useUp = async (tx: Tx, { issuer, tokenId, expiresAt }: Input): Promise<void> => {
  const use = { issuer, tokenId, expiresAt: new Date(expiresAt) };
  if (!(await useToken(tx, 'logout', use)))
    throw new DomainError('invalid_input', 'The logout token was used before.');
};
