import type { Tx } from '#libs/platform/db';
import { newId, type Actor } from '#libs/platform/kernel';
import { countAlarm } from './alarm-metrics.js';

/** Why somebody must look. */
export const ALARM_KINDS = [
  'emergency_access',
  'privileged_member',
  'agent_orphaned',
  'agent_suspended',
  'signal_received',
  'everything_stopped',
  'issuer_changed',
  'setup_code_used',
  'setup_code_void',
] as const;

/** One of {@link ALARM_KINDS}. */
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** What an alarm is about, and a sentence for people. */
export interface NewAlarm {
  kind: AlarmKind;
  /** What it is about, in the ledger's words: `agent`, `person`, `group` … */
  subject: { kind: string; id: string };
  message: string;
  /** Who did it: if that is a person, somebody else must look. */
  by?: Actor;
  /** Ids of those who gain by it, besides the person whom it is about: others must look. */
  concerns?: readonly string[];
}

/** Raises an alarm in a command's own transaction: it is there if, and only if, the command took place. */
export const raiseAlarm = async (tx: Tx, now: Date, alarm: NewAlarm): Promise<string> => {
  const id = newId();
  const { subject, by, concerns = [] } = alarm;
  const about = subject.kind === 'person' ? [subject.id] : [];
  const doer = by?.kind === 'person' ? [by.id] : [];
  await tx.alarm.create({
    data: {
      id,
      kind: alarm.kind,
      subjectKind: subject.kind,
      subjectId: subject.id,
      message: alarm.message,
      concernedIds: [...new Set([...about, ...doer, ...concerns])],
      raisedAt: now,
    },
    select: { id: true },
  });
  countAlarm(alarm.kind);
  return id;
};
