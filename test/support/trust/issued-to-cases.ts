import type { Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import {
  AFTER,
  NOW,
  aboutAda,
  beside,
  besideKey,
  changeAgent,
  idpToken,
  unbind,
  type TrustCase,
} from './presented.js';
import { OTHER_IDP, type TrustWorld } from './trust-world.js';

const besideAbout = (...of: Parameters<typeof aboutAda>) => beside(aboutAda(...of));
const helpers = besideAbout({ clientId: 'helper-app' });
const THROUGH = 'coder through helper for ada';

const when = (
  what: string,
  data: Parameters<typeof changeAgent>[0],
  answer: string,
): TrustCase => ({
  what: `a token of another agent’s client, ${what}`,
  presented: helpers,
  change: changeAgent(data, 'helperId'),
  answer,
});

const bindToHelper = (kind: 'subject' | 'client', subject: string) => (tx: Tx, w: TrustWorld) =>
  tx.binding.create({
    data: { id: newId(), agentId: w.helperId, issuerId: w.idpId, kind, subject, createdAt: NOW },
  });

/** To which agent a token about a person was issued (invariant I13). */
export const ISSUED_TO: readonly TrustCase[] = [
  { what: 'its own client’s', presented: besideAbout(), answer: 'coder for ada' },
  {
    what: 'a client’s that nobody is bound to',
    presented: besideAbout({ clientId: 'portal' }),
    answer: 'coder for ada',
  },
  { what: 'another agent’s client’s', presented: helpers, answer: THROUGH },
  {
    what: 'another agent’s client’s, beside its key',
    presented: besideKey(aboutAda({ clientId: 'helper-app' })),
    answer: THROUGH,
  },
  when('which is a draft', { state: 'draft' }, 'agent_draft'),
  when('which is suspended', { state: 'suspended' }, 'agent_suspended'),
  when('which is retired', { state: 'retired' }, 'agent_retired'),
  when('which has expired', { expiresAt: NOW }, 'agent_expired'),
  when('whose tokens were revoked after it', { tokensRevokedBefore: AFTER }, 'revoked'),
  {
    what: 'a token beside its key of another agent’s client, which is suspended',
    presented: besideKey(aboutAda({ clientId: 'helper-app' })),
    change: changeAgent({ state: 'suspended' }, 'helperId'),
    answer: 'agent_suspended',
  },
  {
    what: 'its own client’s of before its tokens were revoked, beside its key of now',
    presented: besideKey(aboutAda(), NOW),
    change: changeAgent({ tokensRevokedBefore: AFTER }),
    answer: 'revoked',
  },
  {
    what: 'another agent’s client’s, of which the binding was removed',
    presented: helpers,
    change: unbind('helperClientBindingId'),
    answer: 'client_unbound',
    later: 'binding_removed',
  },
  {
    what: 'its own client’s, of which the binding was removed',
    presented: besideAbout(),
    change: unbind('clientBindingId'),
    answer: 'client_unbound',
    later: 'binding_removed',
  },
  {
    what: 'a client’s whose binding was removed, and which is another agent’s again',
    presented: helpers,
    change: async (tx, w) => {
      await unbind('helperClientBindingId')(tx, w);
      await bindToHelper('client', 'helper-app')(tx, w);
    },
    answer: THROUGH,
    later: 'binding_removed',
  },
  {
    what: 'a client’s that was bound to another agent since',
    presented: besideAbout({ clientId: 'portal' }),
    change: bindToHelper('client', 'portal'),
    answer: THROUGH,
    // What was decided before is what it was then.
    later: 'coder for ada',
  },
  {
    what: 'another agent’s client’s in another case',
    presented: besideAbout({ clientId: 'Helper-app' }),
    answer: 'coder for ada',
  },
  {
    what: 'a client’s of that name at another issuer',
    presented: beside((w) =>
      aboutAda({ clientId: 'helper-app', issuer: OTHER_IDP, issuerId: w.otherIdpId })(w),
    ),
    answer: 'coder for ada',
  },
  {
    what: 'a client’s that is another agent by its own subject',
    presented: besideAbout({ clientId: 'helper' }),
    answer: THROUGH,
  },
  {
    what: 'a client’s that was another agent by its own subject',
    presented: besideAbout({ clientId: 'helper' }),
    change: unbind('helperSubjectBindingId'),
    answer: 'client_unbound',
    later: 'binding_removed',
  },
  {
    what: 'its client’s own, and that client is another agent by its own subject',
    presented: aboutAda(),
    change: bindToHelper('subject', 'desk-app'),
    answer: THROUGH,
    later: 'coder for ada',
  },
  {
    what: 'a client’s of two agents, by its claims this one’s',
    presented: besideAbout({ clientId: 'tenants' }, { tenant: 'coder’s' }),
    answer: 'coder for ada',
  },
  {
    what: 'a client’s of two agents, by its claims the other one’s',
    presented: besideAbout({ clientId: 'tenants' }, { tenant: 'helper’s' }),
    answer: THROUGH,
  },
  {
    what: 'a client’s of two agents, by its claims neither one’s',
    presented: besideAbout({ clientId: 'tenants' }),
    answer: THROUGH,
  },
  {
    what: 'another agent’s client’s that lets this one act',
    presented: besideAbout({ clientId: 'helper-app' }, { may_act: { sub: 'coder' } }),
    change: changeAgent({ state: 'suspended' }, 'helperId'),
    answer: 'coder for ada',
  },
  {
    what: 'another agent’s client’s, which got it for itself',
    presented: besideAbout({ clientId: 'helper-app', isClientItself: true }),
    answer: 'unknown_person',
  },
  {
    what: 'its own, issued to another agent’s client, but about itself',
    presented: idpToken({ clientId: 'helper-app', isClientItself: true }),
    answer: 'coder',
  },
];
