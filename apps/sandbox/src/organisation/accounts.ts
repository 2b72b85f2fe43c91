import { createHash } from 'node:crypto';
import type { Role } from '#libs/platform/kernel';

/** The one password of every account of the demo organisation: for the sandbox only, and printed at its start. */
export const SANDBOX_PASSWORD = 'sandbox-only';

/** A person of the demo organisation. */
export interface Account {
  email: string;
  name: string;
  /** Opaque and stable; never the e-mail. */
  subject: string;
  roles: readonly Role[];
  /** What they come for, in a few words. */
  does: string;
}

/** Everybody who can sign in. */
export const ACCOUNTS: readonly Account[] = [
  {
    ...account('it', 'Ines Tanaka', 'it', 'registers agents and tool servers'),
    roles: ['it', 'emergency'],
  },
  account('security', 'Selma Curie', 'security', 'proposes and publishes policies, stops agents'),
  account('security2', 'Samir Cole', 'security', 'the second pair of eyes for policies'),
  account('grc', 'Greta Rossi', 'grc', 'reads everything, changes nothing'),
  account(
    'developer',
    'Dana Velez',
    'developer',
    'connects agents and looks why a call was denied',
  ),
  account('office', 'Olof Fischer', 'office', 'keeps an eye on the fleet'),
];

function account(localPart: string, name: string, role: Role, does: string): Account {
  const subject = createHash('sha256').update(`gatehouse-sandbox/${localPart}`).digest('hex');
  return {
    email: `${localPart}@example.test`,
    name,
    subject: subject.slice(0, 24),
    roles: [role],
    does,
  };
}
