import type { Change, CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';

/** Whose session it is; always the actor's own. */
export const sessionInputSchema = z.strictObject({ personId: idSchema });

/** The input of both session commands. */
export type SessionInput = z.infer<typeof sessionInputSchema>;

/** A session begins or ends: nothing but the entry is written, with the roles of that moment. */
export const sessionChange = (
  { actor }: CommandContext,
  { personId }: SessionInput,
): Change<null> => ({
  output: null,
  subject: { id: personId, name: actor.name },
  facts: { roles: actor.kind === 'person' ? [...actor.roles] : [] },
});
