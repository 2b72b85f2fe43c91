import { tokenDigest } from '#libs/trust/authorization-liveness';
import {
  AFTER,
  BEFORE,
  NOW,
  aboutAda,
  block,
  byKey,
  changeAgent,
  changeIdp,
  derived,
  idpToken,
  ownAboutAda,
  ownToken,
  retireIdp,
  revoke,
  unbind,
  withdrawKey,
  type TrustCase,
} from './presented.js';
import { IDP, OTHER_IDP, OWN } from './trust-world.js';

/** Whom a token names, and whether it is still valid. */
export const BOUND: readonly TrustCase[] = [
  { what: 'its subject', presented: idpToken(), answer: 'coder' },
  {
    what: 'its subject in another case',
    presented: idpToken({ subject: 'Coder' }),
    answer: 'no_binding',
  },
  {
    what: 'its subject at another issuer',
    presented: (w) => idpToken({ issuer: OTHER_IDP, issuerId: w.otherIdpId })(w),
    answer: 'no_binding',
  },
  { what: 'its client, about a person', presented: aboutAda(), answer: 'coder for ada' },
  { what: 'another client', presented: aboutAda({ clientId: 'Desk-app' }), answer: 'no_binding' },
  {
    what: 'its client, which got the token for itself',
    presented: aboutAda({ isClientItself: true }),
    answer: 'no_binding',
  },
  {
    what: 'a subject and a client of two agents',
    presented: idpToken({ subject: 'helper', clientId: 'desk-app' }),
    answer: 'ambiguous_binding',
  },
  {
    what: 'a subject without the claim that its binding asks for',
    presented: idpToken({ subject: 'workload' }),
    answer: 'no_binding',
  },
  {
    what: 'a subject with that claim',
    presented: idpToken({ subject: 'workload' }, { repository_id: '17' }),
    answer: 'coder',
  },
  {
    what: 'a caller whom somebody blocked',
    presented: idpToken(),
    change: block('coder', 'some-client'),
    answer: 'blocked',
  },
  {
    what: 'a blocked caller without a binding',
    presented: idpToken({ subject: 'unregistered' }),
    change: block('unregistered', 'some-client'),
    answer: 'blocked',
    later: 'no_binding',
  },
  {
    what: 'the same subject of a blocked client',
    presented: idpToken(),
    change: block('coder', 'another-client'),
    answer: 'coder',
  },
  {
    what: 'a binding that was removed',
    presented: idpToken(),
    change: unbind('subjectBindingId'),
    answer: 'no_binding',
    later: 'binding_removed',
  },
  { what: 'its key', presented: byKey, answer: 'coder' },
  {
    what: 'a key that was removed',
    presented: byKey,
    change: unbind('keyBindingId'),
    answer: 'binding_removed',
  },
  {
    what: 'its key, before its tokens were revoked',
    presented: byKey,
    change: changeAgent({ tokensRevokedBefore: AFTER }),
    answer: 'revoked',
  },
];

/** The issuer, and the token itself. */
export const ISSUER: readonly TrustCase[] = [
  {
    what: 'an issuer that was retired',
    presented: idpToken(),
    change: retireIdp,
    answer: 'no_binding',
    later: 'unknown_issuer',
  },
  {
    what: 'another issuer that was retired',
    presented: idpToken(),
    change: (tx, w) => tx.issuer.update({ where: { id: w.otherIdpId }, data: { retiredAt: NOW } }),
    answer: 'coder',
  },
  {
    what: 'an address that another issuer has by now',
    presented: idpToken(),
    change: async (tx, w) => {
      await changeIdp({ url: 'https://moved.test' })(tx, w);
      await tx.issuer.update({ where: { id: w.otherIdpId }, data: { url: IDP } });
    },
    answer: 'no_binding',
    later: 'unknown_issuer',
  },
  {
    what: 'an issuer that was registered under our own address',
    presented: idpToken({ issuer: OWN }),
    change: changeIdp({ url: OWN }),
    answer: 'no_binding',
    later: 'no_binding',
  },
  {
    what: 'a token that was revoked',
    presented: idpToken(),
    change: revoke(IDP, 'one'),
    answer: 'revoked',
  },
  {
    what: 'a token of another issuer with a revoked id',
    presented: idpToken(),
    change: revoke(OTHER_IDP, 'one'),
    answer: 'coder',
  },
];

/** Our own tokens. */
export const OWN_TOKENS: readonly TrustCase[] = [
  { what: 'a token of ours', presented: ownToken(), answer: 'coder' },
  {
    what: 'a token of ours without a binding',
    presented: ownToken(() => ({ bindingId: null })),
    answer: 'own_token_unbound',
  },
  {
    what: 'a token of ours by another agent’s binding',
    presented: ownToken((w) => ({ bindingId: w.helperKeyBindingId })),
    answer: 'own_token_unbound',
  },
  {
    what: 'a token of ours that was issued to another agent',
    presented: ownToken((w) => ({ clientId: w.helperId })),
    answer: 'own_token_unbound',
  },
  {
    what: 'a token of ours in which another agent acts',
    presented: ownAboutAda((w) => ({ actors: [w.helperId, w.coderId] })),
    answer: 'own_token_unbound',
  },
  {
    what: 'a token of ours whose binding was removed',
    presented: ownToken(),
    change: unbind('keyBindingId'),
    answer: 'own_token_unbound',
    later: 'binding_removed',
  },
  {
    what: 'a token of another server that names itself ours',
    presented: ownToken(() => ({ issuer: 'https://gatehouse.evil.test' })),
    answer: 'unknown_issuer',
  },
  {
    what: 'a token of ours whose key was withdrawn',
    presented: ownToken(),
    change: withdrawKey,
    answer: 'unknown_key',
  },
  {
    what: 'a token of ours whose key is published no longer',
    presented: ownToken(),
    change: (tx, { keyId }) =>
      tx.signingKey.update({ where: { id: keyId }, data: { publishedUntil: BEFORE } }),
    answer: 'unknown_key',
  },
  {
    what: 'a token of ours that names no key',
    presented: ownToken(() => ({ keyId: null })),
    answer: 'unknown_key',
  },
  {
    what: 'a token of ours that was revoked',
    presented: ownToken(),
    change: revoke(OWN, 'ours'),
    answer: 'revoked',
  },
  {
    what: 'a token of ours that was got by another one',
    presented: ownToken((w) =>
      derived({
        tokens: [tokenDigest(IDP, 'ünï')],
        issuerIds: [w.idpId],
        bindingIds: [w.helperKeyBindingId],
      }),
    ),
    answer: 'coder',
  },
  {
    what: 'a token of ours that was got by one that was revoked',
    presented: ownToken(() =>
      derived({ tokens: [tokenDigest(IDP, 'two'), tokenDigest(IDP, 'ünï')] }),
    ),
    change: revoke(IDP, 'ünï'),
    answer: 'revoked',
  },
  {
    what: 'a token of ours that was got by an issuer that was retired',
    presented: ownToken((w) => derived({ issuerIds: [w.otherIdpId, w.idpId] })),
    change: retireIdp,
    answer: 'unknown_issuer',
  },
  {
    what: 'a token of ours that was got by a binding that was removed',
    presented: ownToken((w) => derived({ bindingIds: [w.helperKeyBindingId] })),
    change: unbind('helperKeyBindingId'),
    answer: 'binding_removed',
  },
  {
    what: 'a token of ours that was got by a binding at an issuer that was retired',
    presented: ownToken((w) => derived({ bindingIds: [w.subjectBindingId] })),
    change: retireIdp,
    answer: 'binding_removed',
  },
];
