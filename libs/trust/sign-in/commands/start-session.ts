import { command, type CommandContext } from '#libs/engine/commands';
import { idSchema, timeSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';

const startSessionSchema = z.strictObject({
  /** Whose session it is: always the actor's own. */
  personId: idSchema,
  /** Who they are to the IdP at which they signed in. */
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  /** When the IdP issued the ID token. */
  issuedAt: timeSchema,
  /** When the settings of the trusted issuer were made that it was verified by; null: there is no such issuer. */
  issuerUpdatedAt: timeSchema.nullable(),
});
type Input = z.infer<typeof startSessionSchema>;

/**
 * A person signs in to the console; somebody without a role is rejected, and that is recorded too. The session is
 * saved before, under an id that nobody has yet, and is good once this has committed: what ended the trust in the
 * issuer, the identity or the person after the ID token was verified ends this sign-in, too.
 */
export class StartSession extends command({
  name: 'start-session',
  permission: { action: 'start', subject: 'Session' },
  changesRights: false,
  creates: true,
  input: startSessionSchema,
  subjectId: ({ personId }) => personId,
  load: (_ctx, { personId }) => ({ personId }),
  async run(ctx, input) {
    await holdIssuer(ctx, input);
    await assertIdentified(ctx, input);
    const roles = ctx.actor.kind === 'person' ? [...ctx.actor.roles] : [];
    return {
      output: null,
      subject: { id: input.personId, name: ctx.actor.name },
      facts: { roles },
    };
  },
}) {}

const issuerSchema = z.object({ retiredAt: z.date().nullable(), updatedAt: z.date() });

const holdIssuer = async ({ tx }: CommandContext, input: Input): Promise<void> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT retired_at AS "retiredAt", updated_at AS "updatedAt" FROM issuer
    WHERE url = ${input.issuer} FOR SHARE`;
  const [issuer] = z.array(issuerSchema).parse(rows);
  const verifiedBy = input.issuerUpdatedAt === null ? undefined : Date.parse(input.issuerUpdatedAt);
  const isRetired = issuer !== undefined && issuer.retiredAt !== null;
  if (!isRetired && issuer?.updatedAt.getTime() === verifiedBy) return;
  throw overtaken();
};

// The command holds the person, whom unlinking changes, too.
const assertIdentified = async ({ tx }: CommandContext, input: Input): Promise<void> => {
  const { issuer, subject, personId } = input;
  // The ID token's time is in whole seconds.
  const lastMoment = new Date(Date.parse(input.issuedAt) + 999);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM person_identity i JOIN person p ON p.id = i.person_id
    WHERE i.issuer = ${issuer} AND i.subject = ${subject} AND i.person_id = ${personId}::uuid
      AND (p.tokens_revoked_before IS NULL OR p.tokens_revoked_before <= ${lastMoment})`;
  if (rows.length === 0) throw overtaken();
};

const overtaken = (): DomainError =>
  new DomainError(
    'unauthenticated',
    'Something about this sign-in was changed or revoked while it was in progress. Sign in again.',
  );
