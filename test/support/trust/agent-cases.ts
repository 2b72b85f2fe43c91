import {
  AFTER,
  BEFORE,
  ISSUED_AT,
  NOW,
  changeAgent,
  exchanging,
  idpToken,
  ownAboutAda,
  ownToken,
  type TrustCase,
} from './presented.js';

/** The agent, and those through whom it acts. */
export const AGENT: readonly TrustCase[] = [
  {
    what: 'a draft',
    presented: idpToken(),
    change: changeAgent({ state: 'draft' }),
    answer: 'agent_draft',
  },
  {
    what: 'a suspended agent',
    presented: idpToken(),
    change: changeAgent({ state: 'suspended' }),
    answer: 'agent_suspended',
  },
  {
    what: 'a retired agent',
    presented: idpToken(),
    change: changeAgent({ state: 'retired' }),
    answer: 'agent_retired',
  },
  {
    what: 'an agent that has just expired',
    presented: idpToken(),
    change: changeAgent({ expiresAt: NOW }),
    answer: 'agent_expired',
  },
  {
    what: 'an agent that expires in a moment',
    presented: idpToken(),
    change: changeAgent({ expiresAt: new Date(NOW.getTime() + 1) }),
    answer: 'coder',
  },
  {
    what: 'a token of before the agent’s were revoked',
    presented: idpToken(),
    change: changeAgent({ tokensRevokedBefore: AFTER }),
    answer: 'revoked',
  },
  {
    what: 'a token of the very moment at which the agent’s were revoked',
    presented: idpToken(),
    change: changeAgent({ tokensRevokedBefore: ISSUED_AT }),
    answer: 'coder',
  },
  {
    what: 'a token that does not say when it was issued, once the agent’s were revoked',
    presented: idpToken({ issuedAt: null }),
    change: changeAgent({ tokensRevokedBefore: BEFORE }),
    answer: 'revoked',
  },
  {
    what: 'by its key, a token of its own',
    presented: exchanging(ownToken()),
    answer: 'coder',
  },
  {
    what: 'by its key, a token of its own of before they were revoked',
    presented: exchanging(ownToken(() => ({ issuedAt: new Date(BEFORE.getTime() - 1_000) }))),
    change: changeAgent({ tokensRevokedBefore: BEFORE }),
    answer: 'revoked',
  },
  {
    what: 'a token that another agent handed on',
    presented: ownAboutAda((w) => ({ actors: [w.coderId, w.helperId] })),
    answer: 'coder through helper for ada',
  },
  {
    what: 'a token that a suspended agent handed on',
    presented: ownAboutAda((w) => ({ actors: [w.coderId, w.helperId] })),
    change: changeAgent({ state: 'suspended' }, 'helperId'),
    answer: 'agent_suspended',
  },
  {
    what: 'a token that another agent handed on before its tokens were revoked',
    presented: ownAboutAda((w) => ({ actors: [w.coderId, w.helperId] })),
    change: changeAgent({ tokensRevokedBefore: AFTER }, 'helperId'),
    answer: 'revoked',
  },
  {
    what: 'a token that nobody known handed on',
    presented: ownAboutAda((w) => ({ actors: [w.coderId, w.unusedId] })),
    answer: 'unknown_agent',
  },
];
