import type { AnyCommand } from '#libs/engine/commands';
import { systemActor, type Actor } from '#libs/platform/kernel';
import type { CommandFixtures } from './command-fixtures.js';

/** What must have been done before, with its input of command-inputs.ts, for a command to succeed. */
export const DONE_BEFORE: Record<string, readonly string[]> = {
  'activate-agent': ['suspend-agent'],
  'confirm-identity': ['link-identity'],
  'enable-person': ['disable-person'],
  'issue-token': ['maintain-signing-keys'],
  'reject-identity': ['link-identity'],
  'remove-sign-in': ['configure-sign-in'],
  'restore-issuer': ['retire-issuer'],
  'rotate-signing-key': ['maintain-signing-keys'],
  'unblock-unregistered-agent': ['block-unregistered-agent'],
};

const DEAD_LETTER = `
  INSERT INTO outbox (id, queue, name, payload, created_at, failed_at)
  VALUES ('0190a000-0000-7000-8000-000000000001', 'nowhere', 'x', '{}', now(), now())
  ON CONFLICT (id) DO UPDATE SET failed_at = now()`;

/** What else must be so, and no command makes it. */
export const MADE_SO: Record<string, string> = {
  'discard-follow-up': DEAD_LETTER,
  'claim-ownership': 'DELETE FROM person_role',
  'enforce-agent-limits': `UPDATE agent SET expires_at = now() - interval '1 day'`,
  'make-setup-code': 'DELETE FROM person_role',
  'retry-follow-up': DEAD_LETTER,
  'set-changed-definitions': `UPDATE tool_server SET on_changed_definition = 'keep'`,
  'take-over-tools': 'UPDATE tool SET is_taken_over = false',
  'seed-policy': 'UPDATE policy_version SET proposed_by_id = NULL, decided_by_id = NULL',
};

/** What changes a row that gateways read, and yet nobody's rights. */
export const CHANGES_NO_RIGHTS: Record<string, string> = {
  'create-scim-agent': 'a draft: no binding names it yet',
  'create-scim-user': 'no identity is linked to them yet',
  'expire-access-grant': 'its rule had ended by itself',
  'propose-denial': 'a version in review, which gateways read to see that it is signed',
  'propose-policy': 'a version in review, which gateways read to see that it is signed',
  'register-agent': 'a draft: no binding names it yet',
  'reject-policy': 'a version in review, which gateways read to see that it is signed',
};

/** Somebody who is permitted to do it to what command-inputs.ts names. */
export const permittedActor = (
  { name, actors }: AnyCommand['spec'],
  fixtures: CommandFixtures,
): Actor => {
  if (actors === 'system') return systemActor('spec');
  if (actors === 'scim') return fixtures.scim.client;
  return THEIR_OWN.has(name) ? fixtures.owner : fixtures.actor;
};

// What only the person may do whom it is about.
const THEIR_OWN: ReadonlySet<string> = new Set([
  'start-session',
  'end-session',
  'end-all-sessions',
  'grant-delegation',
  'withdraw-delegation',
  'withdraw-access-request',
  'withdraw-proposed-change',
]);

/** What needs no role: it is the actor's own, or about a tool server of theirs. */
export const NEEDS_NO_ROLE: ReadonlySet<string> = new Set([
  ...THEIR_OWN,
  'draft-access-grant',
  'reject-access-request',
]);
