import { newId } from '#libs/platform/kernel';
import type { TestCompany } from '../../libs/governance/policies/policies.fixture.js';
import { SETUP_CODE, type Ground } from './command-ground.js';

const TEXT = 'rules: []\n';

/** For every command an input with which somebody who has the right would succeed, by its name. */
export const commandInputs = (company: TestCompany, ground: Ground): Record<string, object> => {
  const { agentIds, toolIds, serverId, teamId } = company;
  const { owner, issuerId, bindingId, unregisteredAgentId, killSwitchId, streamId } = ground;
  const { guest, group, rights, access, scim, proposal, proposed } = ground;
  const common = { ownerId: owner.id, teamId };
  const provisioned = { id: scim.userId, ifMatch: null };
  const patch = { Operations: [{ op: 'replace', path: 'active', value: false }] };
  return {
    'register-signal-stream': { issuerId, audience: 'https://gate.test', delivery: 'push' },
    'change-signal-stream': { id: streamId, enabled: false },
    'retire-signal-stream': { id: streamId, reason: 'another one is used' },
    'apply-signal': {
      streamId,
      tokenId: 'one',
      eventType: 'session-revoked',
      meaning: 'revoke',
      subject: { issuer: 'https://idp.test', subject: 'bound' },
    },
    'register-scim-connection': { name: 'Okta', kind: 'okta' },
    'change-scim-connection': { id: scim.connectionId, name: 'Entra of today' },
    'create-scim-token': { id: scim.connectionId, scopes: ['users:read'] },
    'rotate-scim-token': { id: scim.connectionId, tokenId: scim.tokenId },
    'revoke-scim-token': { id: scim.connectionId, tokenId: scim.tokenId, reason: 'it leaked' },
    'create-scim-user': { resource: { userName: 'new' } },
    'change-scim-user': { ...provisioned, change: { patch } },
    'delete-scim-user': provisioned,
    'create-scim-group': {
      resource: { displayName: 'New', members: [{ value: guest.id }] },
    },
    'change-scim-group': {
      id: group.id,
      ifMatch: null,
      change: { resource: { displayName: 'New' } },
    },
    'delete-scim-group': { id: group.id, ifMatch: null },
    'create-scim-agent': {
      resourceType: 'Agent',
      resource: { agentUserName: 'new', owners: [{ value: scim.userId }] },
    },
    'change-scim-agent': {
      id: agentIds.coder,
      ifMatch: null,
      resourceType: 'Agent',
      change: { patch },
    },
    'delete-scim-agent': { id: agentIds.coder, ifMatch: null, resourceType: 'Agent' },
    'record-decision-check': {
      from: null,
      to: newId(),
      match: 1,
      notComparable: 0,
      mismatches: [],
    },
    'register-agent': { ...common, name: 'new-one', purpose: 'p', riskTier: 'low' },
    'bind-agent': { id: agentIds.coder, kind: 'subject', issuerId, subject: 'client' },
    'unbind-agent': { id: agentIds.coder, bindingId, reason: 'not any more' },
    'change-agent': { id: agentIds.coder, riskTier: 'high', expiresAt: null },
    'reassign-agent': { id: agentIds.coder, ...common, reason: 'a new owner' },
    'revoke-agent-tokens': { id: agentIds.coder, reason: 'a token leaked' },
    'retire-agent': { id: agentIds.coder, reason: 'not needed any more' },
    'enforce-agent-limits': { id: agentIds.coder },
    'activate-kill-switch': { scope: 'server', targetId: serverId, reason: 'odd answers' },
    'release-kill-switch': { id: killSwitchId, reason: 'looked into it' },
    'block-unregistered-agent': { id: unregisteredAgentId, reason: 'nobody knows it' },
    'unblock-unregistered-agent': { id: unregisteredAgentId, reason: 'somebody knows it' },
    'register-unregistered-agent': {
      ...common,
      unregisteredAgentId,
      kind: 'subject',
      name: 'known-now',
      purpose: 'p',
      riskTier: 'low',
    },
    'activate-agent': { id: agentIds.coder, reason: 'go on' },
    'suspend-agent': { id: agentIds.coder, reason: 'stop it' },
    'register-tool-server': {
      ...common,
      slug: 'x',
      name: 'X',
      kind: 'mcp',
      url: 'http://127.0.0.1/',
    },
    'refresh-tools': { id: serverId, reason: 'look again' },
    'record-discovery-failure': { serverId, asked: 'http://127.0.0.1:1/', reason: 'down' },
    'classify-tool': { id: toolIds.read, classification: 'read', reason: 'it only reads' },
    'pin-tools': {
      found: true,
      serverId,
      asked: 'http://127.0.0.1:1/',
      tools: [],
      rejected: [],
      document: null,
    },
    'propose-policy': proposal,
    'propose-denial': { agentId: agentIds.coder, toolId: toolIds.read, reason: 'not any more' },
    'publish-policy': { id: proposed.id, note: 'fine' },
    'reject-policy': { id: proposed.id, note: 'not fine' },
    'seed-policy': { name: 'again', text: TEXT },
    'revoke-access-grant': { id: access.grantId, reason: 'not any more' },
    'expire-access-grant': { id: access.grantId },
    'request-access': {
      agentId: agentIds.coder,
      toolId: toolIds.read,
      justification: 'for work',
      durationHours: 8,
    },
    'draft-access-grant': { id: access.requestId, when: 'always', durationHours: 1, note: 'fine' },
    'reject-access-request': { id: access.requestId, note: 'not that one' },
    'withdraw-access-request': { id: access.requestId, note: 'not needed' },
    'start-session': { personId: owner.id },
    'end-session': { personId: owner.id },
    'end-all-sessions': { personId: owner.id },
    'end-idp-sessions': {
      provider: 'default',
      issuer: 'https://idp.test',
      subject: 'somebody',
      session: null,
      tokenId: newId(),
      expiresAt: new Date().toISOString(),
    },
    'link-identity': {
      issuerId,
      issuer: 'https://idp.test',
      subject: 'somebody',
      attribute: 'external_id',
      value: 'one',
    },
    'change-issuer': { id: issuerId, algorithms: ['ES384'], reason: 'other keys' },
    'retire-issuer': { id: issuerId, reason: 'not ours any more' },
    'restore-issuer': { id: issuerId, reason: 'retired by mistake' },
    'configure-sign-in': {
      id: issuerId,
      label: 'Work',
      clientId: 'console',
      clientSecret: 'secret',
      linkClaim: null,
      linkAttribute: null,
      enabled: true,
    },
    'remove-sign-in': { id: issuerId },
    'verify-ledger': {
      ok: true,
      chains: 1,
      entries: 1,
      payloads: 0,
      problems: 0,
      durationMs: 1,
      firstKind: null,
      firstEntryId: null,
    },
    'issue-token': {
      agentId: agentIds.coder,
      bindingId,
      grant: 'client_credentials',
      authenticationMethod: 'client_assertion',
      assertedAt: new Date(),
      agentToken: null,
      subjectToken: null,
      subject: null,
      scope: 'tools',
      thumbprint: null,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
    'maintain-signing-keys': {},
    'purge-used-tokens': {},
    'rotate-signing-key': { reason: 'an exercise' },
    'revoke-access-token': {
      issuer: 'https://idp.test',
      tokenId: 'one',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      reason: 'leaked',
    },
    'add-team': { name: 'Another team' },
    'change-team': { id: teamId, name: 'Renamed' },
    'change-person': { id: owner.id, name: 'Renamed' },
    'disable-person': { id: owner.id, reason: 'has left us' },
    'enable-person': { id: owner.id, reason: 'is back' },
    'revoke-person-access': { id: owner.id, reason: 'lost a laptop' },
    'assign-role': { personId: owner.id, role: 'grc', reason: 'reads along' },
    'withdraw-role': { personId: owner.id, role: 'it', reason: 'no longer' },
    'propose-group-mapping': { groupId: rights.groupId, role: 'grc', reason: 'they audit' },
    'approve-group-mapping': { id: rights.mappingId, reason: 'fine' },
    'reject-group-mapping': { id: rights.mappingId, reason: 'not fine' },
    'remove-group-mapping': { id: rights.mappingId, reason: 'not any more' },
    'open-emergency-access': { reason: 'everything is on fire', minutes: 15 },
    'close-emergency-access': { id: rights.emergencyId },
    'make-setup-code': { keepValid: false },
    'claim-ownership': { code: SETUP_CODE, claimant: { personId: owner.id } },
    'grant-delegation': {
      personId: owner.id,
      agentId: agentIds.helper,
      purpose: 'to help',
      days: 1,
    },
    'withdraw-delegation': { id: rights.delegationId, reason: 'done with it' },
    'revoke-delegation': { id: rights.delegationId, reason: 'too much' },
    'acknowledge-alert': { id: rights.alertId, note: 'looked at it' },
    'add-person': {
      issuer: 'https://idp.test',
      subject: 'somebody',
      email: 'somebody@example.test',
      name: 'Somebody',
      roles: [],
      teamIds: [],
    },
    'trust-issuer': {
      url: 'https://other.test',
      name: 'Other',
      audiences: ['https://gate.test'],
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
    },
  };
};

/** An input with which a command keeps rights. */
export interface KeepingInput {
  input: object;
  /** What is done before, besides DONE_BEFORE. */
  after?: readonly string[];
  /** What it changes is read by gateways, and evaluated by none. */
  isOnlyShown?: boolean;
}

/**
 * For every command that may leave rights as they are (`keepsRights`), an input with which it does.
 */
export const keepingInputs = (
  company: TestCompany,
  ground: Ground,
  inputs: Record<string, object>,
): Record<string, KeepingInput> => {
  const { agentIds, teamId } = company;
  const { group, issuerId, streamId } = ground;
  const described = { patch: { Operations: [{ op: 'add', path: 'displayName', value: 'Other' }] } };
  const again = (name: string, after = name) => ({ input: { ...inputs[name] }, after: [after] });
  return {
    'change-agent': { input: { id: agentIds.coder, purpose: 'another one' } },
    'apply-signal': {
      input: { ...inputs['apply-signal'], streamId, meaning: 'nothing', subject: null },
    },
    'claim-ownership': { input: { ...inputs['claim-ownership'], code: 'WRONG' } },
    'change-scim-user': { input: { ...inputs['change-scim-user'], change: described } },
    'change-scim-agent': { input: { ...inputs['change-scim-agent'], change: described } },
    'delete-scim-agent': again('delete-scim-agent', 'retire-agent'),
    'create-scim-group': { input: { resource: { displayName: 'New' } } },
    'change-scim-group': {
      input: { id: group.id, ifMatch: null, change: { patch: EXTERNAL_ID } },
    },
    'delete-scim-group': { input: { id: group.emptyId, ifMatch: null } },
    'change-team': { input: { id: teamId, orphanRule: 'flag' } },
    'maintain-signing-keys': again('maintain-signing-keys'),
    'revoke-access-token': again('revoke-access-token'),
    'change-issuer': {
      input: { id: issuerId, name: 'Another name', reason: 'it is called so' },
      isOnlyShown: true,
    },
  };
};

const EXTERNAL_ID = { Operations: [{ op: 'add', path: 'externalId', value: 'x-1' }] };
