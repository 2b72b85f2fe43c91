import { command, type Change, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import { endSessionsOf } from '../end-sessions.js';

// Of a session that begins or ends nothing is written but the entry, with the roles of that moment.
const sessionCommand = <Output extends Record<string, number> | null>(
  name: string,
  action: 'start' | 'end',
  work: (ctx: CommandContext, personId: string) => Output | Promise<Output>,
) =>
  command({
    name,
    permission: { action, subject: 'Session' },
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

/** A person signs in to the console; somebody without a role is rejected, and that is recorded too. */
export class StartSession extends sessionCommand('start-session', 'start', () => null) {}

/** A person signs out of the console, with or without a role left. */
export class EndSession extends sessionCommand('end-session', 'end', () => null) {}

/** A person signs out everywhere: every browser that they are signed in with, whatever it is doing. */
export class EndAllSessions extends sessionCommand('end-all-sessions', 'end', async (ctx, id) => ({
  sessionsEnded: await endSessionsOf(ctx.tx, id),
})) {}
