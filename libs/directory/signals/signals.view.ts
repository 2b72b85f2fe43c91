import type { z } from 'zod';
import {
  signalEffectSchema,
  type receivedSignalSchema,
  type signalStreamSchema,
} from './signals.schemas.js';

type StreamView = z.infer<typeof signalStreamSchema>;
type SignalView = z.infer<typeof receivedSignalSchema>;

type Dates = 'createdAt' | 'lastReceivedAt' | 'lastPolledAt';

/** A stream's row with its issuer, as the database gives it. */
export interface StreamRow extends Omit<StreamView, Dates> {
  createdAt: Date;
  lastReceivedAt: Date | null;
  lastPolledAt: Date | null;
}

interface SignalRow {
  id: string;
  eventType: string;
  effect: string;
  personId: string | null;
  agentId: string | null;
  receivedAt: Date;
}

type Ref = { id: string; name: string };

/** The row as lists show it. */
export const toStreamView = (row: StreamRow): StreamView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
  lastPolledAt: row.lastPolledAt?.toISOString() ?? null,
});

/** One signal with the names of whom it was about. */
export const toSignalView = (
  row: SignalRow,
  people: readonly Ref[],
  agents: readonly Ref[],
): SignalView => ({
  id: row.id,
  eventType: row.eventType,
  effect: signalEffectSchema.parse(row.effect),
  person: people.find(({ id }) => id === row.personId) ?? null,
  agents: agents.filter(({ id }) => id === row.agentId),
  receivedAt: row.receivedAt.toISOString(),
});
