import type { Json } from '#libs/platform/kernel';
import { tokenDigest } from '#libs/trust/authorization-liveness';
import {
  AFTER,
  NOW,
  aboutAda,
  beside,
  block,
  changeAda,
  changeAgent,
  derived,
  ownAboutAda,
  revoke,
  unbind,
  type TrustCase,
} from './presented.js';
import { IDP, OTHER_IDP, OWN, type TrustWorld } from './trust-world.js';

/** The person. */
export const PERSON: readonly TrustCase[] = [
  {
    what: 'a person who was disabled',
    presented: aboutAda(),
    change: changeAda({ disabledAt: NOW }),
    answer: 'person_not_active',
  },
  {
    what: 'a token of before the person’s were revoked',
    presented: aboutAda(),
    change: changeAda({ tokensRevokedBefore: AFTER }),
    answer: 'revoked',
  },
  {
    what: 'a token of ours of before the person’s were revoked',
    presented: ownAboutAda(),
    change: changeAda({ tokensRevokedBefore: AFTER }),
    answer: 'revoked',
  },
  {
    what: 'a subject whom nobody is linked to',
    presented: aboutAda({ subject: 'Ada' }),
    answer: 'unknown_person',
  },
  {
    what: 'a subject that is linked to somebody else by now',
    presented: aboutAda(),
    change: (tx, w) =>
      tx.personIdentity.updateMany({ where: { subject: 'ada' }, data: { personId: w.bobId } }),
    answer: 'coder for bob',
    later: 'unknown_person',
  },
  { what: 'a token of ours about a person', presented: ownAboutAda(), answer: 'coder for ada' },
  {
    what: 'a token of ours about nobody',
    presented: ownAboutAda((w) => ({ subject: w.unusedId })),
    answer: 'unknown_person',
  },
  {
    what: 'a client’s token with actors of its issuer',
    presented: aboutAda({}, { act: { sub: 'x' } }),
    answer: 'untrusted_actors',
  },
];

const mayAct = (
  what: string,
  claim: (world: TrustWorld) => Json,
  isAllowed: boolean,
): TrustCase => ({
  what: `a token that lets ${what} act`,
  presented: beside((w) => aboutAda({}, { may_act: claim(w) })(w)),
  answer: isAllowed ? 'coder for ada' : 'actor_mismatch',
});

/** Who may act on a token. */
export const MAY_ACT: readonly TrustCase[] = [
  mayAct('its subject', () => ({ sub: 'coder' }), true),
  mayAct('its client', () => ({ client_id: 'desk-app' }), true),
  mayAct('its subject at a named issuer', () => ({ sub: 'coder', iss: IDP }), true),
  mayAct('our id for it', ({ coderId }) => ({ sub: coderId, iss: OWN }), true),
  mayAct('another agent', () => ({ sub: 'helper' }), false),
  mayAct('another agent by our id for it', ({ helperId }) => ({ sub: helperId, iss: OWN }), false),
  mayAct('our id as if it were the issuer’s', ({ coderId }) => ({ sub: coderId }), false),
  mayAct('its subject at another issuer', () => ({ sub: 'coder', iss: OTHER_IDP }), false),
  mayAct('a client that it is not', () => ({ sub: 'coder', client_id: 'x' }), false),
  mayAct('an actor in an unknown form', () => ({ sub: 'coder', tenant: 'x' }), false),
  mayAct('a number', () => ({ sub: 7 }), false),
  mayAct('nobody', () => ({}), false),
  mayAct('a text', () => 'coder', false),
  mayAct('a list', () => ['coder'], false),
  mayAct('null', () => null, false),
  {
    what: 'its client’s own token about the person that lets another agent act',
    presented: aboutAda({}, { may_act: { sub: 'helper' } }),
    answer: 'actor_mismatch',
  },
  {
    what: 'a token that lets a subject act which is not bound any more',
    presented: beside(aboutAda({}, { may_act: { sub: 'workload' } })),
    change: unbind('workloadBindingId'),
    answer: 'actor_mismatch',
    later: 'coder for ada',
  },
];

/** What is presented beside the agent’s own token. */
export const BESIDE: readonly TrustCase[] = [
  { what: 'a token about the person', presented: beside(aboutAda()), answer: 'coder for ada' },
  {
    what: 'a token about them that was revoked',
    presented: beside(aboutAda()),
    change: revoke(IDP, 'one'),
    answer: 'revoked',
  },
  {
    what: 'a token about them of a blocked caller',
    presented: beside(aboutAda()),
    change: block('ada', 'desk-app'),
    answer: 'blocked',
  },
  {
    what: 'a token about them of another issuer, which was retired',
    presented: beside((w) => aboutAda({ issuer: OTHER_IDP, issuerId: w.otherIdpId })(w)),
    change: (tx, w) => tx.issuer.update({ where: { id: w.otherIdpId }, data: { retiredAt: NOW } }),
    answer: 'unknown_issuer',
  },
  {
    what: 'a token that its client got for itself',
    presented: beside(aboutAda({ isClientItself: true })),
    answer: 'unknown_person',
  },
  {
    what: 'a token with actors of its issuer',
    presented: beside(aboutAda({}, { act: { sub: 'x' } })),
    answer: 'untrusted_actors',
  },
  {
    what: 'a token of ours that was got by one that was revoked',
    presented: beside(ownAboutAda(() => derived({ tokens: [tokenDigest(IDP, 'two')] }))),
    change: revoke(IDP, 'two'),
    answer: 'revoked',
  },
  {
    what: 'a token of ours of another agent whose binding was removed',
    presented: beside(
      ownAboutAda((w) => ({
        clientId: w.helperId,
        bindingId: w.helperKeyBindingId,
        actors: [w.helperId],
      })),
    ),
    change: unbind('helperKeyBindingId'),
    answer: 'binding_removed',
  },
  {
    what: 'a token of ours of another agent that was suspended',
    presented: beside(
      ownAboutAda((w) => ({
        clientId: w.helperId,
        bindingId: w.helperKeyBindingId,
        actors: [w.helperId],
      })),
    ),
    change: changeAgent({ state: 'suspended' }, 'helperId'),
    answer: 'agent_suspended',
  },
  {
    what: 'a token of ours in which nobody acts',
    presented: beside(ownAboutAda(() => ({ actors: [] }))),
    answer: 'unknown_person',
  },
];
