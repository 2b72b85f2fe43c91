import type { Role } from '#libs/platform/kernel';
import { newId, SCIM_SCOPES } from '#libs/platform/kernel';
import { ATTACKER, EVIL, HONEST, KEYS } from './attackers.js';
import type { MadeTable } from './made-tables.js';
import { EVERYTHING, MAIN } from './policies.js';

/** What the attackers can name: what was there, themselves, and what they made in this sequence. */
export interface Known {
  /** The organisation's, by the words of organisation.ts. */
  readonly the: (word: string) => string;
  readonly me: string;
  readonly mate: string | null;
  /** An account of theirs without a role. */
  readonly spare: string;
  /** The agent that they run already. */
  readonly own: string;
  readonly alert: string;
  /** Their open emergency access, if they began with one. */
  readonly emergency: string | null;
  /** The newest of what the first step made, if it made any. */
  readonly made: Readonly<Record<MadeTable, string | null>>;
}

const reason = 'as agreed';
const note = reason;

const evilIssuer = (url: string) => ({
  url,
  name: `Evil ${url.slice(-6)}`,
  audiences: ['https://gate.test'],
  algorithms: ['ES256'],
  profile: 'jwt',
  clockToleranceSeconds: 5,
});

const some = (...ids: (string | null)[]): string[] => ids.filter((id) => id !== null);
const GIVEN: Role[] = ['it', 'security', 'grc', 'developer', 'office', 'emergency'];

const members = (op: string, ...ids: string[]) => ({
  patch: { Operations: [{ op, path: 'members', value: ids.map((value) => ({ value })) }] },
});
const attribute = (path: string, value: unknown) => ({
  patch: { Operations: [{ op: 'replace', path, value }] },
});
const EMPLOYEE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber';

const bindings = (known: Known) => [
  { kind: 'key', publicKey: KEYS.fourth.jwk },
  { kind: 'subject', issuerId: known.the('IdP'), subject: ATTACKER.workload },
  { kind: 'client', issuerId: known.the('IdP'), clientId: ATTACKER.client },
];

const agents = ({ the, own, made }: Known) =>
  some(
    ...['payer', 'desktop', 'unbound', 'draft', 'stopped', 'tampered'].map(the),
    own,
    made.agent,
  );
const privileged = ({ the }: Known) =>
  [
    'Ivo of IT',
    'Sven of security',
    'Selma of security, not signed in yet',
    'Lena of IT, signed in',
  ].map(the);
const LENA = { issuer: HONEST, subject: 'lena' };
const mine = ({ me, mate, spare }: Known) => some(me, mate, spare);

/** For each command the inputs with which attackers gain most; a command that is not here fails the test. */
export const MOVES: Readonly<Record<string, (known: Known) => object[]>> = {
  // Sign-in
  'start-session': ({ the }) => [
    {
      personId: the('Ivo of IT'),
      issuer: 'https://sign-in.test',
      subject: 'ivo',
      issuedAt: new Date().toISOString(),
      issuerUpdatedAt: null,
    },
  ],
  'end-session': ({ the }) => [{ personId: the('Ivo of IT') }],
  'end-all-sessions': ({ the }) => [{ personId: the('Ivo of IT') }],

  // People and roles
  'add-person': () => [
    {
      issuer: 'https://sign-in.test',
      subject: ATTACKER.subjects[0],
      email: 'a@b.test',
      name: 'New',
      teamIds: [],
    },
    {
      issuer: 'https://sign-in.test',
      subject: ATTACKER.subjects[0],
      email: 'a@b.test',
      name: 'New',
      roles: ['security'],
      teamIds: [],
    },
  ],
  'add-team': ({ me }) => [{ name: 'Ours', orphanRule: 'reassign', orphanOwnerId: me }],
  'change-person': ({ me, the }) => [
    { id: me, teamIds: [the('Engineering'), the('Finance')] },
    { id: the('Ivo of IT'), name: 'Me', email: 'attacker@evil.test' },
  ],
  'change-team': ({ the, me }) => [
    { id: the('Engineering'), name: 'Freed' },
    { id: the('Finance'), name: 'Fin', orphanRule: 'reassign', orphanOwnerId: me },
  ],
  'disable-person': ({ the }) =>
    ['Otto of the office', 'Ivo of IT', 'Sven of security'].map((who) => ({
      id: the(who),
      reason,
    })),
  'enable-person': ({ the }) => [{ id: the('Dan, disabled, of security'), reason }],
  'confirm-identity': ({ the }) => [{ id: the('Lena of IT, signed in'), ...LENA, reason }],
  'reject-identity': ({ the }) => [{ id: the('Lena of IT, signed in'), ...LENA, reason }],
  'revoke-person-access': ({ the }) => [{ id: the('Sven of security'), reason }],
  'assign-role': (known) =>
    mine(known)
      .concat(some(known.made.person))
      .flatMap((personId) => GIVEN.map((role) => ({ personId, role, reason }))),
  'withdraw-role': ({ the }) => [
    { personId: the('Ivo of IT'), role: 'it', reason },
    { personId: the('Sven of security'), role: 'security', reason },
  ],
  'map-group': ({ the, made }) =>
    some(the('Plain group'), the('Payers'), made.people_group).flatMap((groupId) =>
      (['it', 'security', 'office'] as const).map((role) => ({ groupId, role, reason })),
    ),
  'remove-group-mapping': ({ the }) => [{ id: the('mapping of Security group'), reason }],
  'open-emergency-access': () => [{ reason: 'the house is on fire', minutes: 60 }],
  'keep-emergency-change': ({ emergency, made }) => [
    { id: emergency ?? newId(), changeId: made.emergency_change ?? newId(), reason },
  ],
  'close-emergency-access': ({ made, emergency }) => [
    { id: emergency ?? made.emergency_access ?? newId() },
  ],

  // Agents
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

  // Tool servers
  'register-tool-server': ({ the, me }) =>
    [`${EVIL}/mcp`, 'https://bank.test/mcp', 'https://BANK.test:443/mcp/../other'].map((url) => ({
      slug: 'ours',
      name: 'Ours',
      kind: 'mcp',
      url,
      ownerId: me,
      teamId: the('Finance'),
    })),
  'refresh-tools': ({ the, made }) =>
    some(the('fresh server'), the('bank'), made.tool_server).flatMap((id) => [
      { id, url: `${EVIL}/mcp`, reason },
      { id, url: 'https://bank.test/mcp', reason },
    ]),
  'classify-tool': ({ the, made }) =>
    some(the('vault/open'), the('bank/pay'), the('wiki/erase'), made.tool).map((id) => ({
      id,
      classification: 'read',
      reason,
    })),

  // Policies
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

  // Issuers
  'trust-issuer': () => [evilIssuer(EVIL), evilIssuer('https://idp.test/')],
  'change-issuer': ({ the, made }) =>
    some(the('IdP'), the('unused IdP'), the('old IdP'), made.issuer).flatMap((id) => [
      { id, keysUrl: `${EVIL}/keys`, reason },
      { id, requiredClaims: {}, reason },
      { id, audiences: [`${EVIL}/app`], reason },
    ]),
  'retire-issuer': ({ the }) =>
    ['IdP', 'unused IdP'].map((issuer) => ({ id: the(issuer), reason })),
  'restore-issuer': ({ the, made }) =>
    some(the('old IdP'), the('IdP'), made.issuer).map((id) => ({ id, reason })),
  'configure-sign-in': ({ the, made }) => {
    const signIn = { label: 'L', clientId: 'evil', clientSecret: 's', enabled: true };
    return some(the('IdP'), the('unused IdP'), the('old IdP'), made.issuer).flatMap((id) => [
      { id, ...signIn, linkClaim: ATTACKER.ownClaim, linkAttribute: 'external_id' },
      { id, ...signIn, linkClaim: 'oid', linkAttribute: 'external_id' },
      { id, ...signIn, linkClaim: null, linkAttribute: null },
    ]);
  },
  'remove-sign-in': ({ the }) => [{ id: the('IdP') }],

  // Consents and tokens
  'grant-delegation': ({ me, own, the }) =>
    [me, the('Otto of the office')].flatMap((personId) =>
      [own, the('payer')].map((agentId) => ({ personId, agentId, purpose: 'p', days: 365 })),
    ),
  'withdraw-delegation': ({ made }) => [{ id: made.delegation ?? newId(), reason }],
  'revoke-delegation': ({ made }) => [{ id: made.delegation ?? newId(), reason }],
  'revoke-access-token': () => [
    {
      issuer: 'https://idp.test',
      tokenId: 'x',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      reason,
    },
  ],
  'rotate-signing-key': () => [{ reason, compromised: true }],
  'register-signal-stream': ({ the, made }) =>
    some(the('unused IdP'), made.issuer).map((issuerId) => ({
      issuerId,
      audience: 'https://gate.test/x',
      delivery: 'push',
    })),
  'change-signal-stream': ({ the }) => [{ id: the('stream'), enabled: false }],
  'retire-signal-stream': ({ the }) => [{ id: the('stream'), reason }],

  // Provisioning, by people
  'register-scim-connection': ({ the, made }) =>
    some(the('IdP'), made.issuer).map((issuerId) => ({ name: 'Ours', kind: 'other', issuerId })),
  'change-scim-connection': ({ the, made }) => [
    { id: the('Entra'), issuerId: made.issuer ?? the('unused IdP') },
    { id: the('empty connection'), issuerId: the('IdP') },
  ],
  'create-scim-token': ({ the, made }) =>
    some(the('Entra'), the('empty connection'), made.scim_connection).map((id) => ({
      id,
      scopes: [...SCIM_SCOPES],
    })),
  'rotate-scim-token': ({ the, made }) => [
    { id: the('Entra'), tokenId: the('token') },
    ...some(made.scim_token).map((tokenId) => ({ id: the('Entra'), tokenId })),
  ],
  'activate-scim-token': ({ the, made }) =>
    some(made.scim_token).flatMap((id) => [
      { id, replaces: null },
      { id, replaces: { tokenId: the('token'), overlapHours: 0 } },
    ]),
  'revoke-scim-token': ({ the }) => [{ id: the('Entra'), tokenId: the('token'), reason }],

  // Provisioning, by clients
  'create-scim-user': () => [
    { resource: { userName: 'new', externalId: 'oid-attacker' } },
    { resource: { userName: 'twin', externalId: 'oid-selma' } },
  ],
  'change-scim-user': (known) =>
    [...privileged(known).slice(2), known.the('Carl, not signed in yet')]
      .concat(some(known.made.person))
      .flatMap((id) => [
        { id, ifMatch: null, change: attribute('externalId', 'oid-attacker') },
        { id, ifMatch: null, change: attribute(EMPLOYEE, 'oid-attacker') },
        { id, ifMatch: null, change: attribute('active', false) },
        { id, ifMatch: null, change: attribute('active', true) },
      ]),
  'delete-scim-user': (known) =>
    privileged(known)
      .slice(2)
      .map((id) => ({ id, ifMatch: null })),
  'create-scim-group': (known) => [
    { resource: { displayName: 'New', members: mineBySCIM(known).map((value) => ({ value })) } },
  ],
  'change-scim-group': (known) => {
    const { the, made } = known;
    return ['Security group', 'IT group', 'Payers', 'Plain group']
      .map(the)
      .concat(some(made.people_group))
      .flatMap((id) => [
        { id, ifMatch: null, change: members('add', ...mineBySCIM(known)) },
        { id, ifMatch: null, change: attribute('displayName', 'Renamed') },
        {
          id,
          ifMatch: null,
          change: { patch: { Operations: [{ op: 'remove', path: 'members' }] } },
        },
      ]);
  },
  'delete-scim-group': ({ the }) =>
    ['Security group', 'Payers'].map((group) => ({ id: the(group), ifMatch: null })),
  'create-scim-agent': ({ the }) => [
    {
      resourceType: 'Agent',
      resource: { agentUserName: 'new', owners: [{ value: the('Carl, not signed in yet') }] },
    },
  ],
  'change-scim-agent': ({ the, made }) =>
    some(the('payer'), made.agent).map((id) => ({
      id,
      ifMatch: null,
      resourceType: 'Agent',
      change: attribute('active', true),
    })),
  'delete-scim-agent': ({ the, made }) =>
    some(the('payer'), made.agent).map((id) => ({ id, ifMatch: null, resourceType: 'Agent' })),
};

// Only whom a connection provisioned can be in its groups.
const mineBySCIM = ({ the, made }: Known) => some(the('Carl, not signed in yet'), made.person);
