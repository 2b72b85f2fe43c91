import { newId } from '#libs/platform/kernel';
import { EVERYTHING, MAIN } from '../organisation/policies.js';
import { reason, some, type Moves } from './known.js';

const note = reason;

/** With policies, access requests and grants, and what reviews them: proposed changes, alerts, the ledger. */
export const POLICY_MOVES: Moves = {
  'propose-policy': ({ the }) => [
    { policyId: the('main'), basedOnId: the('active main'), text: EVERYTHING, note },
    { policyId: the('main'), basedOnId: the('active main'), text: MAIN, note },
    { name: 'ours', text: EVERYTHING, note },
  ],
  'propose-denial': ({ the }) => [{ agentId: the('payer'), toolId: the('bank/pay'), reason }],
  'publish-policy': ({ the, made }) =>
    some(the('proposed policy'), made.policy_version).map((id) => ({ id })),
  'reject-policy': ({ the }) => [{ id: the('proposed policy'), note }],
  'revoke-access-grant': ({ the }) => [{ id: the('grant'), reason }],
  'request-access': ({ the, own, made }) =>
    some(own, the('payer'), made.agent).map((agentId) => ({
      agentId,
      toolId: the('vault/open'),
      justification: reason,
      durationHours: 720,
    })),
  'draft-access-grant': ({ the, made }) =>
    some(the('request'), made.access_request).map((id) => ({
      id,
      when: 'always',
      durationHours: 100,
      note,
    })),
  'reject-access-request': ({ the }) => [{ id: the('request'), note }],
  'withdraw-access-request': ({ the, made }) =>
    some(the('request'), made.access_request).map((id) => ({ id, note })),
  'reject-proposed-change': ({ made }) => [{ id: made.proposed_change ?? newId(), note }],
  'withdraw-proposed-change': ({ made }) => [{ id: made.proposed_change ?? newId(), note }],
  'acknowledge-alert': ({ alert, made }) => some(alert, made.alert).map((id) => ({ id, note })),
  'verify-ledger': () => [
    {
      ok: true,
      chains: 1,
      entries: 1,
      payloads: 0,
      problemCount: 0,
      durationMs: 1,
      firstProblemKind: null,
      firstProblemEntryId: null,
    },
  ],
};
