import { randomUUID } from 'node:crypto';
import { TOKEN_PROFILES, type TokenProfile } from '../profiles/profile-names.js';

/** What a good token of a profile looks like, and whom it names. */
export interface GoodToken {
  readonly typ: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The claim that its subject comes from. */
  readonly subjectClaim: string;
  readonly clientClaim: string | null;
}

export const AUDIENCE = 'https://gatehouse.example.test';
export const TENANT = '8f0e4a6c-7d0b-4c2c-9e0e-5c1c9a2b3d4e';

const OID = '690222be-ff1a-4d56-abd1-7e4f7d38e474';

const CLAIMS: Record<TokenProfile, () => Omit<GoodToken, 'subjectClaim' | 'clientClaim'>> = {
  rfc9068: () => ({
    typ: 'at+jwt',
    claims: { sub: 'agent-1', client_id: 'client-1', jti: randomUUID(), scope: 'tools' },
  }),
  jwt: () => ({ typ: 'JWT', claims: { sub: 'agent-1', client_id: 'client-1' } }),
  entra: () => ({
    typ: 'JWT',
    claims: {
      ver: '2.0',
      tid: TENANT,
      oid: OID,
      sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
      azp: '6731de76-14a6-49ae-97bc-6eba6914391e',
      azpacr: '0',
      scp: 'access_as_user',
      name: 'Abe Lincoln',
      preferred_username: 'abe@example.test',
      uti: 'fqiBqXLPj0eQa82S-IYFAA',
    },
  }),
  okta: () => ({
    typ: undefined,
    claims: {
      ver: 1,
      jti: `AT.${randomUUID()}`,
      cid: '0oapu4btsL2xI0y8y356',
      uid: '00upcgi9dyWEOeCwM356',
      scp: ['openid', 'tools'],
      sub: 'saml.jackson@example.test',
      auth_time: 1_790_000_000,
    },
  }),
  spiffe: () => ({ typ: 'JWT', claims: { sub: 'spiffe://example.test/agents/coding' } }),
  kubernetes: () => ({
    typ: undefined,
    claims: {
      sub: 'system:serviceaccount:agents:coding-agent',
      jti: randomUUID(),
      'kubernetes.io': {
        namespace: 'agents',
        node: { name: 'node-1', uid: randomUUID() },
        pod: { name: 'coding-agent-7d4', uid: randomUUID() },
        serviceaccount: { name: 'coding-agent', uid: randomUUID() },
      },
    },
  }),
  github: () => ({
    typ: 'JWT',
    claims: {
      jti: randomUUID(),
      sub: 'repo:octo@1/agents@2:environment:production',
      environment: 'production',
      repository: 'octo/agents',
      repository_id: '2',
      repository_owner_id: '1',
      job_workflow_ref: 'octo/agents/.github/workflows/run.yml@refs/heads/main',
      ref: 'refs/heads/main',
      event_name: 'workflow_dispatch',
    },
  }),
};

const SUBJECTS: Partial<Record<TokenProfile, string>> = { entra: 'oid', okta: 'uid' };
const CLIENTS: Partial<Record<TokenProfile, string>> = {
  rfc9068: 'client_id',
  jwt: 'client_id',
  entra: 'azp',
  okta: 'cid',
};

/** A good token of the profile for {@link AUDIENCE}, new each time; without issuer and times. */
export const goodToken = (profile: TokenProfile): GoodToken => ({
  ...CLAIMS[profile](),
  subjectClaim: SUBJECTS[profile] ?? 'sub',
  clientClaim: CLIENTS[profile] ?? null,
});

export const EVERY_PROFILE: readonly TokenProfile[] = TOKEN_PROFILES;
