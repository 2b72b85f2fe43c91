import type { BindingKind } from '../api/types.js';

export const KIND_LABELS: Readonly<Record<BindingKind, string>> = {
  subject: 'Subject of an issuer',
  client: 'Interactive client',
  key: 'Own key',
};

/** What each kind is for, so that one can choose without knowing the words. */
export const KIND_CHOICES: readonly { id: BindingKind; name: string; sentence: string }[] = [
  {
    id: 'subject',
    name: 'A workload, or client credentials',
    sentence: 'It gets tokens for itself; its token’s sub names it. No person is involved.',
  },
  {
    id: 'client',
    name: 'An interactive MCP client',
    sentence: 'A person signs in with it; the client’s id names the agent, the sub the person.',
  },
  {
    id: 'key',
    name: 'Its own key (private_key_jwt)',
    sentence:
      'It has no identity at an issuer: it signs with a key of its own and gets our tokens.',
  },
];

interface ProfileHint {
  /** What to copy, from where. */
  subject: string;
  example: string;
  client?: string;
  /** Rows that this profile needs or is better with; null for what nobody can know yet. */
  conditions: readonly { claim: string; hint: string }[];
}

const PLAIN: ProfileHint = {
  subject:
    'The value of sub in the agent’s access tokens; with client credentials mostly the client’s id.',
  example: 'coding-agent',
  client: 'The client’s id at the issuer: client_id or azp in the access tokens.',
  conditions: [],
};

const HINTS: Readonly<Record<string, ProfileHint>> = {
  rfc9068: PLAIN,
  jwt: PLAIN,
  entra: {
    subject:
      'The Object ID of the enterprise application (service principal): Entra admin center, Enterprise applications. Not the one under App registrations.',
    example: '5f1a6c1e-0000-0000-0000-000000000000',
    client: 'The Application (client) ID under App registrations.',
    conditions: [],
  },
  okta: {
    subject: 'The Client ID of the API service app: Okta Admin Console, Applications, General.',
    example: '0oapu4btsL2xI0y8y356',
    client: 'The Client ID of the app in which people sign in: Applications, General.',
    conditions: [],
  },
  kubernetes: {
    subject: 'One service account: system:serviceaccount:NAMESPACE:NAME.',
    example: 'system:serviceaccount:agents:coding-agent',
    conditions: [
      {
        claim: '/kubernetes.io/serviceaccount/uid',
        hint: 'kubectl get serviceaccount NAME -n NAMESPACE -o jsonpath={.metadata.uid}',
      },
    ],
  },
  spiffe: {
    subject: 'The SPIFFE ID of one workload, with its path, as its registration entry has it.',
    example: 'spiffe://example.org/agents/coding-agent',
    conditions: [],
  },
  github: {
    subject: 'One repository and context: repo:OWNER/NAME:environment:ENVIRONMENT, or …:ref:REF.',
    example: 'repo:acme/agents:environment:production',
    conditions: [
      { claim: 'repository_id', hint: 'gh api repos/OWNER/NAME --jq .id' },
      {
        claim: 'job_workflow_ref',
        hint: 'OWNER/NAME/.github/workflows/FILE@refs/heads/main',
      },
      { claim: 'environment', hint: 'The environment that the subject names' },
    ],
  },
};

/** What to say about an issuer of this profile. */
export const hintOf = (profile: string): ProfileHint => HINTS[profile] ?? PLAIN;

export const PROFILE_LABELS: Readonly<Record<string, string>> = {
  rfc9068: 'RFC 9068',
  jwt: 'plain JWT',
  entra: 'Microsoft Entra',
  okta: 'Okta',
  spiffe: 'SPIFFE',
  kubernetes: 'Kubernetes',
  github: 'GitHub Actions',
};
