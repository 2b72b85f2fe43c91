import type { TokenProfile, TrustIssuer } from '../api/types.js';

type Algorithm = TrustIssuer['algorithms'][number];

/** One way in which an issuer writes its access tokens. */
export interface ProfileDescription {
  readonly id: TokenProfile;
  readonly name: string;
  readonly use: string;
  /** What must be filled in or set at the issuer, in the order in which it is needed. */
  readonly toFill: readonly string[];
  /** By which of its claims an agent or a person is known. */
  readonly subject: string;
  readonly urlExample: string;
  /** Where the address is the same for everybody. */
  readonly url?: string;
  readonly algorithms: readonly Algorithm[];
  /** People sign in there; the others know workloads only. */
  readonly isInteractive: boolean;
}

/** What each token profile is for, first the common ones. */
export const TOKEN_PROFILES: readonly ProfileDescription[] = [
  {
    id: 'entra',
    name: 'Microsoft Entra',
    use: 'Access tokens of version 2.0 from one Entra tenant: people, and apps with their own identity.',
    toFill: [
      'The tenant’s id: Entra admin centre → Overview → Tenant ID. It is pinned, so that no other tenant’s token is accepted.',
      'The audience: the Application (client) ID of the app registration that stands for Gatehouse.',
      'In that registration’s manifest set accessTokenAcceptedVersion (requestedAccessTokenVersion) to 2.',
      'Under Token configuration add the optional claim idtyp to access tokens: without it an app’s own token is rejected.',
    ],
    subject: 'oid, the object ID',
    urlExample: 'https://login.microsoftonline.com/{tenant}/v2.0',
    algorithms: ['RS256'],
    isInteractive: true,
  },
  {
    id: 'okta',
    name: 'Okta',
    use: 'Access tokens of an Okta custom authorization server. The org authorization server’s tokens are for Okta alone.',
    toFill: [
      'The issuer: Security → API → Authorization Servers, its Issuer URI.',
      'The audience: the Audience of that authorization server, exactly.',
    ],
    subject: 'uid of a user; sub of a service, which is its client id',
    urlExample: 'https://company.okta.com/oauth2/default',
    algorithms: ['RS256'],
    isInteractive: true,
  },
  {
    id: 'rfc9068',
    name: 'RFC 9068',
    use: 'Any authorization server that writes access tokens by the standard (typ at+jwt). Choose this one when you can.',
    toFill: [
      'The issuer, exactly as its tokens name it in iss.',
      'The audience that you gave Gatehouse there.',
    ],
    subject: 'sub',
    urlExample: 'https://id.company.example',
    algorithms: ['RS256', 'ES256'],
    isInteractive: true,
  },
  {
    id: 'jwt',
    name: 'Plain JWT',
    use: 'An authorization server whose access tokens say only typ JWT, such as an older Keycloak.',
    toFill: [
      'The issuer, exactly as its tokens name it in iss.',
      'An audience that is not the client’s own id, or an ID token could pass for an access token.',
    ],
    subject: 'sub',
    urlExample: 'https://id.company.example/realms/company',
    algorithms: ['RS256'],
    isInteractive: true,
  },
  {
    id: 'kubernetes',
    name: 'Kubernetes',
    use: 'Projected service-account tokens of one cluster: workloads that run there, without any secret.',
    toFill: [
      'The cluster’s issuer: kubectl get --raw /.well-known/openid-configuration names it.',
      'The address of its keys (/openid/v1/jwks), when the discovery document cannot be reached from here.',
      'The audience that the pod asks for in its projected volume.',
    ],
    subject: 'sub, system:serviceaccount:NAMESPACE:NAME',
    urlExample: 'https://kubernetes.default.svc.cluster.local',
    algorithms: ['RS256'],
    isInteractive: false,
  },
  {
    id: 'github',
    name: 'GitHub Actions',
    use: 'Tokens that a workflow’s job asks GitHub for (permissions: id-token: write).',
    toFill: [
      'The audience that the workflow asks for; take one of your own, not GitHub’s default.',
      'Bindings then need conditions on repository_id and job_workflow_ref: a name alone can change hands.',
    ],
    subject: 'sub, repo:OWNER/NAME:…',
    urlExample: 'https://token.actions.githubusercontent.com',
    url: 'https://token.actions.githubusercontent.com',
    algorithms: ['RS256'],
    isInteractive: false,
  },
  {
    id: 'spiffe',
    name: 'SPIFFE JWT-SVID',
    use: 'Workload identities of a SPIFFE trust domain, such as SPIRE’s.',
    toFill: [
      'The issuer: what jwt_issuer in SPIRE’s server configuration says. Without it SPIRE writes no iss.',
      'The address of its keys: the OIDC discovery provider’s, or the bundle endpoint’s.',
      'The audience that the workload asks for.',
    ],
    subject: 'sub, spiffe://DOMAIN/PATH',
    urlExample: 'https://oidc.trust-domain.example',
    algorithms: ['RS256', 'ES256'],
    isInteractive: false,
  },
];

const BY_ID = new Map<string, ProfileDescription>(TOKEN_PROFILES.map((words) => [words.id, words]));

export const describeProfile = (id: string): ProfileDescription | undefined => BY_ID.get(id);

export const profileName = (id: string): string => BY_ID.get(id)?.name ?? id;

export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const satisfies readonly Algorithm[];
