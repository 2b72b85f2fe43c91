import { SCIM_SCOPES } from '#libs/platform/kernel';
import { reason, some, type Known, type Moves } from './known.js';

const members = (op: string, ...ids: string[]) => ({
  patch: { Operations: [{ op, path: 'members', value: ids.map((value) => ({ value })) }] },
});

const attribute = (path: string, value: unknown) => ({
  patch: { Operations: [{ op: 'replace', path, value }] },
});

const EMPLOYEE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber';

const privileged = ({ the }: Known) =>
  [
    'Ivo of IT',
    'Sven of security',
    'Selma of security, not signed in yet',
    'Lena of IT, signed in',
  ].map(the);

// Only whom a connection provisioned can be in its groups.
const mineBySCIM = ({ the, made }: Known) => some(the('Carl, not signed in yet'), made.person);

/** With SCIM connections and their tokens, by people; then what clients do. */
export const PROVISIONING_MOVES: Moves = {
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

  // By clients
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
