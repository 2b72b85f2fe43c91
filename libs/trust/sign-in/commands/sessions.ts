import { command, type Change, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import { endSessionsOf } from '../end-sessions.js';

// Of a session that ends nothing is written but the entry, with the roles of that moment.
const endOfSession = <Output extends Record<string, number> | null>(
  name: string,
  work: (ctx: CommandContext, personId: string) => Output | Promise<Output>,
) =>
  command({
    name,
    permission: { action: 'end', subject: 'Session' },
    changesRights: false,
    creates: true,
    /** Whose session it is: always the actor's own. */
    input: z.strictObject({ personId: idSchema }),
    subjectId: ({ personId }) => personId,
    load: (_ctx, { personId }) => ({ personId }),
    async run(ctx, { personId }): Promise<Change<Output>> {
      const output: Output = await work(ctx, personId);
      const roles = ctx.actor.kind === 'person' ? [...ctx.actor.roles] : [];
      return {
        output,
        subject: { id: personId, name: ctx.actor.name },
        facts: { roles, ...output },
      };
    },
  });

/** A person signs out of the console, with or without a role left. */
export class EndSession extends endOfSession('end-session', () => null) {}

/** A person signs out everywhere: every browser that they are signed in with, whatever it is doing. */
export class EndAllSessions extends endOfSession('end-all-sessions', async (ctx, id) => ({
  sessionsEnded: await endSessionsOf(ctx.tx, id),
})) {}
