import type { Tx } from '#libs/platform/db';
import { newId, personIdOf, type Actor } from '#libs/platform/kernel';
import { counter } from '#libs/platform/telemetry';

// An operator's own alerting hears of an alert by this.
const raised = counter('alerts_raised', 'Alerts by kind.', ['kind']);

/** Why somebody must look. */
export const ALERT_KINDS = [
  'emergency_access',
  'privileged_member',
  'privileged_member_removed',
  'one_role_holder_left',
  'privileged_identity_linked',
  'agent_orphaned',
  'agent_suspended',
  'binding_added',
  'linking_attribute_changed',
  'privileged_token_created',
  'change_waits_alone',
  'security_stop_released',
  'signal_received',
  'kill_switch_for_everything',
  'issuer_changed',
  'setup_code_used',
  'setup_code_invalidated',
  'decision_mismatch',
  'rule_without_subject',
  'tagged_by_rule',
  'record_not_verified',
  'tool_definition_changed',
] as const;

/** One of {@link ALERT_KINDS}. */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** What an alert is about, and a sentence for people. */
export interface NewAlert {
  kind: AlertKind;
  /** What it is about, in the ledger's words: `agent`, `person`, `group` … */
  subject: { kind: string; id: string };
  message: string;
  /** Who did it: if that is a person, or the token of one, somebody else must look. */
  by?: Actor;
  /** Ids of those who gain by it, besides the person whom it is about: others must look. */
  concerns?: readonly string[];
}

/** Raises an alert in a command's own transaction: it is there if, and only if, the command took place. */
export const raiseAlert = async (tx: Tx, now: Date, alert: NewAlert): Promise<string> => {
  const id = newId();
  const { subject, by, concerns = [] } = alert;
  const about = subject.kind === 'person' ? [subject.id] : [];
  const byId = by === undefined ? null : await personBehind(tx, by);
  await tx.alert.create({
    data: {
      id,
      kind: alert.kind,
      subjectKind: subject.kind,
      subjectId: subject.id,
      message: alert.message,
      byId,
      concernedIds: [...new Set([...about, ...(byId === null ? [] : [byId]), ...concerns])],
      raisedAt: now,
    },
    select: { id: true },
  });
  raised.inc({ kind: alert.kind });
  return id;
};

/** How many alerts of these kinds what somebody did has raised since then. */
export const countAlertsBy = async (
  tx: Tx,
  by: Actor,
  { kinds, after }: { kinds: readonly AlertKind[]; after: Date },
): Promise<number> => {
  const byId = await personBehind(tx, by);
  if (byId === null) return 0;
  return tx.alert.count({ where: { byId, kind: { in: [...kinds] }, raisedAt: { gt: after } } });
};

// What a provisioning client does concerns the person who made its token.
const personBehind = async (tx: Tx, by: Actor): Promise<string | null> => {
  if (by.kind !== 'scim') return personIdOf(by);
  const token = await tx.scimToken.findUnique({
    where: { id: by.tokenId },
    select: { createdById: true },
  });
  return token?.createdById ?? null;
};
