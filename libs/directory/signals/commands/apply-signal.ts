import { suspendAgentNow } from '#libs/registry/agents';
import { raiseAlert } from '#libs/engine/alerts';
import { command, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { newId } from '#libs/platform/kernel';
import { signOutEverywhere } from '#libs/directory/people';
import { z } from 'zod';
import { MAX_SUBJECTS } from '../set/read-subjects.js';
import { findSubject, type KnownSubject } from '../set/signal-subjects.js';
import { lockStream } from '../signals.repository.js';

const inputSchema = z.strictObject({
  streamId: idSchema,
  tokenId: z.string().min(1).max(255),
  eventType: z.string().min(1).max(255),
  meaning: z.enum(['revoke', 'alert', 'nothing']),
  subjects: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('issuer_subject'),
          issuer: z.string(),
          subject: z.string(),
        }),
        z.strictObject({ kind: z.literal('email'), email: z.string() }),
      ]),
    )
    .max(MAX_SUBJECTS),
});
type Input = z.infer<typeof inputSchema>;

/** What came of a signal; `duplicate`: it had been applied before, and nothing happened again. */
export type AppliedEffect = 'revoked' | 'alerted' | 'ignored' | 'unknown_subject' | 'duplicate';

/**
 * Does what a verified signal says, once for each token, however often it is delivered: a person's sessions,
 * tokens and delegations end, an agent is suspended, or somebody is alerted.
 */
export class ApplySignal extends command({
  name: 'apply-signal',
  permission: { action: 'change', subject: 'SignalStream' },
  changesRights: true,
  actors: 'system',
  input: inputSchema,
  subjectId: ({ streamId }) => streamId,
  load: ({ tx }, { streamId }) => lockStream(tx, streamId),
  async run(ctx, input, stream) {
    const { streamId, tokenId, eventType } = input;
    const event = eventType.slice(eventType.lastIndexOf('/') + 1);
    const received = await ctx.tx.receivedSignal.count({ where: { streamId, tokenId } });
    if (received > 0)
      return {
        output: { effect: 'duplicate' },
        subject: stream,
        facts: { event, effect: 'duplicate' },
        keepsRights: true,
      };
    const known = await findSubject(ctx.tx, input.subjects, stream);
    const effect = effectOf(input, known);
    const facts = effect === 'revoked' ? await revoke(ctx, known, event, stream.name) : {};
    if (effect === 'alerted') await alert(ctx, known, event, stream.name);
    await ctx.tx.receivedSignal.create({
      data: {
        id: newId(),
        streamId,
        tokenId,
        eventType,
        effect,
        personId: known.personId,
        agentId: known.agentIds[0] ?? null,
        receivedAt: ctx.now,
      },
    });
    await ctx.tx.signalStream.update({
      where: { id: streamId },
      data: { lastReceivedAt: ctx.now },
      select: { id: true },
    });
    return {
      output: { effect },
      subject: stream,
      facts: { event, effect, personId: known.personId, agentIds: [...known.agentIds], ...facts },
      keepsRights: effect !== 'revoked',
    };
  },
}) {}

const effectOf = ({ meaning }: Input, { personId, agentIds }: KnownSubject) => {
  if (meaning === 'nothing') return 'ignored';
  if (personId === null && agentIds.length === 0) return 'unknown_subject';
  return meaning === 'alert' ? 'alerted' : 'revoked';
};

const alert = async (
  { tx, now }: CommandContext,
  { personId, agentIds }: KnownSubject,
  event: string,
  issuerName: string,
): Promise<void> => {
  const message = `${issuerName} signalled ${event}: nothing was ended by it. Decide whether something should be.`;
  const subjects = [
    ...(personId === null ? [] : [{ kind: 'person' as const, id: personId }]),
    ...agentIds.map((id) => ({ kind: 'agent' as const, id })),
  ];
  for (const subject of subjects)
    await raiseAlert(tx, now, { kind: 'signal_received', subject, message });
};

const revoke = async (
  ctx: CommandContext,
  { personId, agentIds }: KnownSubject,
  event: string,
  issuerName: string,
): Promise<Record<string, number>> => {
  const by = `${issuerName} signalled ${event}`;
  const { tx, now } = ctx;
  if (personId !== null) {
    const message = `${by}: the person's sessions, tokens and delegations ended.`;
    await raiseAlert(tx, now, {
      kind: 'signal_received',
      subject: { kind: 'person', id: personId },
      message,
    });
  }
  let agentsSuspended = 0;
  for (const id of agentIds) {
    if (!(await suspendAgentNow(ctx, id, `${by}.`))) continue;
    agentsSuspended += 1;
    const message = `${by}: the agent is suspended.`;
    await raiseAlert(tx, now, { kind: 'signal_received', subject: { kind: 'agent', id }, message });
  }
  if (personId !== null) await signOutEverywhere(ctx, personId);
  return { agentsSuspended };
};
