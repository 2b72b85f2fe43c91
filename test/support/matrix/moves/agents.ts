import { newId } from '#libs/platform/kernel';
import { ATTACKER, KEYS } from '../attackers.js';
import { agents, reason, some, type Known, type Moves } from './known.js';

const bindings = (known: Known) => [
  { kind: 'key', publicKey: KEYS.fourth.jwk },
  { kind: 'subject', issuerId: known.the('IdP'), subject: ATTACKER.workload },
  { kind: 'client', issuerId: known.the('IdP'), clientId: ATTACKER.client },
];

/** With agents, callers that are not registered, and kill switches. */
export const AGENT_MOVES: Moves = {
  'register-agent': ({ the, me }) => [
    {
      name: 'ours',
      purpose: 'p',
      ownerId: me,
      teamId: the('Engineering'),
      riskTier: 'low',
      tags: [],
    },
    {
      name: 'ours',
      purpose: 'p',
      ownerId: me,
      teamId: the('Finance'),
      riskTier: 'medium',
      tags: ['payments'],
    },
  ],
  'bind-agent': (known) =>
    agents(known).flatMap((id) => bindings(known).map((binding) => ({ id, ...binding }))),
  'unbind-agent': ({ the, made }) => [
    { id: the('payer'), bindingId: made.binding ?? newId(), reason },
  ],
  'change-agent': (known) =>
    agents(known).flatMap((id) => [
      { id, tags: ['payments'] },
      { id, riskTier: 'medium' },
    ]),
  'reassign-agent': (known) =>
    agents(known).flatMap((id) => [
      { id, ownerId: known.me, teamId: known.the('Finance'), reason },
      { id, ownerId: known.me, teamId: known.the('Engineering'), reason },
      ...some(known.made.team).map((teamId) => ({ id, ownerId: known.me, teamId, reason })),
    ]),
  'revoke-agent-tokens': ({ the }) => [{ id: the('payer'), reason }],
  'retire-agent': ({ the }) => ['payer', 'desktop'].map((agent) => ({ id: the(agent), reason })),
  'activate-agent': (known) => agents(known).map((id) => ({ id, reason })),
  'suspend-agent': (known) =>
    [known.the('payer'), known.the('stopped'), known.own].map((id) => ({ id, reason })),
  'register-unregistered-agent': ({ the, me }) =>
    ['unregistered caller', 'blocked caller'].map((caller) => ({
      unregisteredAgentId: the(caller),
      kind: 'subject',
      name: 'ours',
      purpose: 'p',
      riskTier: 'medium',
      tags: ['payments'],
      ownerId: me,
      teamId: the('Finance'),
    })),
  'block-unregistered-agent': ({ the }) => [{ id: the('blocked caller'), reason }],
  'unblock-unregistered-agent': ({ the }) => [{ id: the('blocked caller'), reason }],
  'activate-kill-switch': ({ the }) => [
    { scope: 'tool', targetId: the('wiki/erase'), reason },
    { scope: 'everything', reason },
  ],
  'release-kill-switch': ({ the, made }) =>
    some(the('kill switch of security'), made.kill_switch).map((id) => ({ id, reason })),
};
