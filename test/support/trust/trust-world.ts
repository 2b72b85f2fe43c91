import { newId } from '#libs/platform/kernel';
import type { Database } from '#libs/platform/db';

export const IDP = 'https://idp.test';
export const OTHER_IDP = 'https://other.test';
export const OWN = 'https://gatehouse.test';

/** The rows on which the cases of trust rest, each by what it is. */
export interface TrustWorld {
  readonly idpId: string;
  readonly otherIdpId: string;
  readonly coderId: string;
  readonly helperId: string;
  /** At the IdP `coder` is coder's subject, `desk-app` its client, `workload` a subject with a condition. */
  readonly subjectBindingId: string;
  readonly clientBindingId: string;
  readonly workloadBindingId: string;
  /** At the IdP `helper` is helper's subject, `helper-app` its client; `tenants` is a client of both. */
  readonly helperSubjectBindingId: string;
  readonly helperClientBindingId: string;
  readonly keyBindingId: string;
  readonly helperKeyBindingId: string;
  /** People, whose subjects at both IdPs are `ada` and `bob`. */
  readonly adaId: string;
  readonly bobId: string;
  /** Of Ada, to coder and to helper. */
  readonly delegationId: string;
  readonly helpersDelegationId: string;
  readonly keyId: string;
  /** The id of nothing. */
  readonly unusedId: string;
}

const CREATED_AT = new Date('2020-01-01');
const NEVER = new Date('2099-01-01');

/** Creates them. */
export const createTrustWorld = async (db: Database): Promise<TrustWorld> => {
  const world = {
    idpId: newId(),
    otherIdpId: newId(),
    coderId: newId(),
    helperId: newId(),
    subjectBindingId: newId(),
    clientBindingId: newId(),
    workloadBindingId: newId(),
    helperSubjectBindingId: newId(),
    helperClientBindingId: newId(),
    keyBindingId: newId(),
    helperKeyBindingId: newId(),
    adaId: newId(),
    bobId: newId(),
    delegationId: newId(),
    helpersDelegationId: newId(),
    keyId: newId(),
    unusedId: newId(),
  };
  await createIssuers(db, world);
  await createPeople(db, world);
  await createAgents(db, world);
  await createBindings(db, world);
  await db.delegation.createMany({
    data: [
      [world.delegationId, world.coderId] as const,
      [world.helpersDelegationId, world.helperId] as const,
    ].map(([id, agentId]) => ({
      id,
      agentId,
      personId: world.adaId,
      purpose: 'test',
      createdAt: CREATED_AT,
      expiresAt: NEVER,
    })),
  });
  await db.signingKey.create({
    data: {
      id: world.keyId,
      algorithm: 'ES256',
      publicKey: { kid: world.keyId },
      sealedPrivateKey: 'never opened',
      createdAt: CREATED_AT,
      signsFrom: CREATED_AT,
      signsUntil: NEVER,
      publishedUntil: NEVER,
    },
  });
  return world;
};

const createIssuers = (db: Database, { idpId, otherIdpId }: TrustWorld) =>
  db.issuer.createMany({
    data: [
      { id: idpId, url: IDP, name: 'IdP' },
      { id: otherIdpId, url: OTHER_IDP, name: 'Other IdP' },
    ].map((issuer) => ({
      ...issuer,
      audiences: [OWN],
      algorithms: ['RS256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
      createdAt: CREATED_AT,
    })),
  });

const createPeople = async (db: Database, { adaId, bobId }: TrustWorld) => {
  for (const [id, name] of [
    [adaId, 'ada'],
    [bobId, 'bob'],
  ] as const)
    await db.person.create({
      data: {
        id,
        name,
        email: `${name}@example.test`,
        createdAt: CREATED_AT,
        identities: {
          create: [IDP, OTHER_IDP].map((issuer) => ({
            issuer,
            subject: name,
            linkedAt: CREATED_AT,
            linkedBy: 'added' as const,
          })),
        },
      },
    });
};

const createAgents = async (db: Database, { coderId, helperId, adaId }: TrustWorld) => {
  const team = await db.team.create({ data: { id: newId(), name: 'Agents' } });
  await db.agent.createMany({
    data: [
      { id: coderId, name: 'coder' },
      { id: helperId, name: 'helper' },
    ].map((agent) => ({
      ...agent,
      purpose: 'test',
      state: 'active' as const,
      riskTier: 'low' as const,
      tags: [],
      ownerId: adaId,
      teamId: team.id,
      createdAt: CREATED_AT,
      updatedAt: CREATED_AT,
    })),
  });
};

const createBindings = async (db: Database, world: TrustWorld) => {
  const coders = { agentId: world.coderId, createdAt: CREATED_AT };
  const helpers = { agentId: world.helperId, createdAt: CREATED_AT };
  const at = { issuerId: world.idpId, kind: 'subject' as const };
  const key = { kind: 'key' as const, publicKey: {} };
  await db.binding.createMany({
    data: [
      { ...coders, ...at, id: world.subjectBindingId, subject: 'coder' },
      { ...coders, ...at, id: world.clientBindingId, kind: 'client', subject: 'desk-app' },
      {
        ...coders,
        ...at,
        id: world.workloadBindingId,
        subject: 'workload',
        conditions: [{ claim: 'repository_id', equals: '17' }],
        conditionsDigest: 'a',
      },
      { ...coders, ...key, id: world.keyBindingId, subject: 'key of coder' },
      { ...helpers, ...at, id: world.helperSubjectBindingId, subject: 'helper' },
      {
        ...helpers,
        ...at,
        id: world.helperClientBindingId,
        kind: 'client',
        subject: 'helper-app',
      },
      { ...coders, ...at, ...tenant('coder’s') },
      { ...helpers, ...at, ...tenant('helper’s') },
      { ...helpers, ...key, id: world.helperKeyBindingId, subject: 'key of helper' },
    ],
  });
};

// One client of two agents, told apart by a claim.
const tenant = (name: string) => ({
  id: newId(),
  kind: 'client' as const,
  subject: 'tenants',
  conditions: [{ claim: 'tenant', equals: name }],
  conditionsDigest: name,
});
