import type { TestPolicyOrganisation } from '../../libs/governance/policies/policies.fixture.js';
import type { CommandFixtures } from './command-fixtures.js';

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
  organisation: TestPolicyOrganisation,
  fixtures: CommandFixtures,
  inputs: Record<string, object>,
): Record<string, KeepingInput> => {
  const { agentIds } = organisation;
  const { group, issuerId, streamId } = fixtures;
  const described = { patch: { Operations: [{ op: 'add', path: 'displayName', value: 'Other' }] } };
  const again = (name: string, after = name) => ({ input: { ...inputs[name] }, after: [after] });
  return {
    'change-agent': { input: { id: agentIds.coder, purpose: 'another one' } },
    'apply-signal': {
      input: { ...inputs['apply-signal'], streamId, meaning: 'nothing', subjects: [] },
    },
    'claim-ownership': { input: { ...inputs['claim-ownership'], code: 'WRONG' } },
    'change-scim-user': { input: { ...inputs['change-scim-user'], change: described } },
    'change-scim-agent': { input: { ...inputs['change-scim-agent'], change: described } },
    'delete-scim-agent': again('delete-scim-agent', 'retire-agent'),
    'create-scim-group': { input: { resource: { displayName: 'New' } } },
    'change-scim-group': {
      input: { id: group.id, ifMatch: null, change: { patch: RENAMED } },
    },
    'delete-scim-group': { input: { id: group.emptyId, ifMatch: null } },
    'maintain-signing-keys': again('maintain-signing-keys'),
    'revoke-access-token': again('revoke-access-token'),
    'change-issuer': {
      input: { id: issuerId, name: 'Another name', reason: 'it is called so' },
      isOnlyShown: true,
    },
  };
};

const RENAMED = {
  Operations: [
    { op: 'add', path: 'externalId', value: 'x-1' },
    { op: 'replace', path: 'displayName', value: 'Renamed' },
  ],
};
