import 'reflect-metadata';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  idJagOf,
  openTokenCompany,
  type TokenAgent,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

// A client that nobody here wrote, and that takes no answer which its standard does not have.
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const PLAIN_HTTP = { [oauth.allowInsecureRequests]: true };

let database: TestDatabase;
let api: TestApi;
let company: TokenCompany;
let server: oauth.AuthorizationServer;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(database.appUrl);
  company = await openTokenCompany(api);
  const issuer = new URL(api.origin);
  const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...PLAIN_HTTP });
  server = await oauth.processDiscoveryResponse(issuer, found);
});

afterAll(async () => {
  await api.close();
  await company.close();
  await database.drop();
});

const clientOf = ({ id }: TokenAgent): oauth.Client => ({ client_id: id });

interface Asked {
  agent?: TokenAgent;
  auth?: oauth.ClientAuth;
  grant?: string;
  form?: Record<string, string>;
  dpop?: oauth.DPoPHandle;
}

const ask = async ({
  agent = company.coder,
  auth = oauth.PrivateKeyJwt(agent.key),
  grant = 'client_credentials',
  form = {},
  dpop,
}: Asked = {}): Promise<oauth.TokenEndpointResponse> => {
  const client = clientOf(agent);
  const options = { ...PLAIN_HTTP, ...(dpop && { DPoP: dpop }) };
  const response = await oauth.genericTokenEndpointRequest(
    server,
    client,
    auth,
    grant,
    form,
    options,
  );
  return oauth.processGenericTokenEndpointResponse(server, client, response);
};

const exchange = (form: Record<string, string>, more: Asked = {}) =>
  ask({ grant: TOKEN_EXCHANGE, form: { subject_token_type: ACCESS_TOKEN, ...form }, ...more });

const idpToken = (sub: string) => company.idp.accessToken({ sub, aud: api.origin });

/** The token as a resource server that knows only our metadata takes it. */
const claimsOf = async (
  token: string,
  dpop?: oauth.DPoPHandle,
): Promise<oauth.JWTAccessTokenClaims> => {
  const url = new URL(`${api.origin}/mcp`);
  let sent: Request | undefined;
  await oauth.protectedResourceRequest(token, 'POST', url, undefined, null, {
    ...PLAIN_HTTP,
    ...(dpop && { DPoP: dpop }),
    [oauth.customFetch]: (address, { method, headers }) => {
      sent = new Request(address, { method, headers });
      return Promise.resolve(new Response(null));
    },
  });
  if (sent === undefined) throw new Error('the client sent nothing');
  return oauth.validateJwtAccessToken(server, sent, api.origin, {
    ...PLAIN_HTTP,
    requireDPoP: dpop !== undefined,
  });
};

const bindKey = async (agent: TokenAgent, publicKey: oauth.CryptoKey): Promise<string> => {
  const jwk = await exportJWK(publicKey);
  const subject = await calculateJwkThumbprint(jwk);
  const bound = { id: newId(), agentId: agent.id, kind: 'key', subject } as const;
  await api.db.binding.create({ data: { ...bound, publicKey: { ...jwk }, createdAt: new Date() } });
  await signEverything(api.db);
  return subject;
};

// The library names algorithms by their keys, and a key of RFC 8037 by one of its two names only.
const named = (alg: string): oauth.ModifyAssertionOptions => ({
  [oauth.modifyAssertion]: (header) => {
    header['alg'] = alg;
  },
});

describe('oauth4webapi as a client of the token endpoint', () => {
  it('discovers it', () => {
    expect(server).toMatchObject({
      issuer: api.origin,
      token_endpoint: `${api.origin}/oauth/token`,
    });
  });

  it('gets a token by private_key_jwt that a resource server takes for an RFC 9068 one', async () => {
    const { coder } = company;
    const client = clientOf(coder);
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      oauth.PrivateKeyJwt(coder.key),
      { scope: 'tools:helpdesk' },
      PLAIN_HTTP,
    );
    const answer = await oauth.processClientCredentialsResponse(server, client, response);
    expect(answer).toMatchObject({ token_type: 'bearer', scope: 'tools:helpdesk' });
    expect(await claimsOf(answer.access_token)).toMatchObject({
      sub: coder.id,
      client_id: coder.id,
      scope: 'tools:helpdesk',
    });
  });

  it('exchanges a person’s token, by its own key or its own token', async () => {
    const { coder, adaId } = company;
    const subject_token = await idpToken('ada');
    const byKey = await exchange({ subject_token });
    expect(byKey['issued_token_type']).toBe(ACCESS_TOKEN);
    const expected = { sub: adaId, client_id: coder.id, act: { sub: coder.id } };
    expect(await claimsOf(byKey.access_token)).toMatchObject(expected);
    const actor = { actor_token: await idpToken('coder'), actor_token_type: ACCESS_TOKEN };
    const byToken = await exchange({ subject_token, ...actor }, { auth: oauth.None() });
    expect(await claimsOf(byToken.access_token)).toMatchObject(expected);
  });

  it('gets a token for an ID-JAG', async () => {
    const assertion = await idJagOf(company, company.coder, api.origin);
    const answer = await ask({ grant: JWT_BEARER, form: { assertion } });
    expect(await claimsOf(answer.access_token)).toMatchObject({ sub: company.adaId });
  });

  it('gets tokens bound to a key, which nobody without the key uses or exchanges', async () => {
    const dpop = oauth.DPoP({}, await oauth.generateKeyPair('ES256'));
    const bound = await ask({ dpop });
    expect(bound.token_type).toBe('dpop');
    const jkt = await dpop.calculateThumbprint();
    expect(await claimsOf(bound.access_token, dpop)).toMatchObject({ cnf: { jkt } });
    const again = await exchange({ subject_token: bound.access_token }, { dpop });
    expect(await claimsOf(again.access_token, dpop)).toMatchObject({ cnf: { jkt } });
    const thief = oauth.DPoP({}, await oauth.generateKeyPair('ES256'));
    await expect(claimsOf(bound.access_token, thief)).rejects.toThrow(/confirmation mismatch/);
    const stolen = exchange({ subject_token: bound.access_token }, { dpop: thief });
    const refused = { status: 400, error: 'invalid_dpop_proof' };
    await expect(stolen).rejects.toMatchObject(refused);
    const bare = exchange({ subject_token: bound.access_token });
    await expect(bare).rejects.toMatchObject(refused);
  });

  it('authenticates with every algorithm that the metadata names', async () => {
    const algorithms = server.token_endpoint_auth_signing_alg_values_supported ?? [];
    expect(algorithms.length).toBeGreaterThan(5);
    for (const alg of algorithms) {
      const { privateKey, publicKey } = await oauth.generateKeyPair(alg, { extractable: true });
      const kid = await bindKey(company.helper, publicKey);
      const auth = oauth.PrivateKeyJwt({ key: privateKey, kid }, named(alg));
      const answer = await ask({ agent: company.helper, auth });
      expect([alg, answer.token_type]).toEqual([alg, 'bearer']);
    }
  });

  it('proves possession with every algorithm that the metadata names', async () => {
    const algorithms = server.dpop_signing_alg_values_supported ?? [];
    expect(algorithms.length).toBeGreaterThan(3);
    for (const alg of algorithms) {
      const dpop = oauth.DPoP({}, await oauth.generateKeyPair(alg), named(alg));
      const answer = await ask({ dpop });
      expect([alg, answer.token_type]).toEqual([alg, 'dpop']);
    }
  });
});

describe('oauth4webapi reads the refusal of', () => {
  it.each<[string, () => Promise<unknown>, number, string]>([
    [
      'a key of another agent',
      () => ask({ auth: oauth.PrivateKeyJwt(company.helper.key) }),
      401,
      'invalid_client',
    ],
    ['no proof at all', () => ask({ auth: oauth.None() }), 401, 'invalid_client'],
    ['a secret', () => ask({ auth: oauth.ClientSecretPost('x') }), 401, 'invalid_client'],
    ['an HMAC', () => ask({ auth: oauth.ClientSecretJwt('x') }), 401, 'invalid_client'],
    ['a suspended agent', () => ask({ agent: company.sleeper }), 400, 'unauthorized_client'],
    ['another grant', () => ask({ grant: 'password' }), 400, 'unsupported_grant_type'],
    ['a scope that is not ours', () => ask({ form: { scope: 'admin' } }), 400, 'invalid_scope'],
    [
      'a resource that is not ours',
      () => ask({ form: { resource: 'https://elsewhere.test/' } }),
      400,
      'invalid_target',
    ],
    ['what is no token', () => exchange({ subject_token: 'x' }), 400, 'invalid_request'],
    [
      'an ID-JAG for another agent',
      async () => {
        const assertion = await idJagOf(company, company.helper, api.origin);
        return ask({ grant: JWT_BEARER, form: { assertion } });
      },
      400,
      'invalid_grant',
    ],
  ])('%s', async (_what, asked, status, error) => {
    const thrown = await asked().catch((refused: unknown) => refused);
    expect(thrown).toBeInstanceOf(oauth.ResponseBodyError);
    expect(thrown).toMatchObject({ status, error });
  });

  it('a secret in the Authorization field, by the challenge that RFC 6749 §5.2 asks for', async () => {
    const thrown = await ask({ auth: oauth.ClientSecretBasic('x') }).catch(
      (refused: unknown) => refused,
    );
    expect(thrown).toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
    expect(thrown).toMatchObject({
      status: 401,
      cause: [{ scheme: 'basic', parameters: { realm: 'token endpoint' } }],
    });
  });
});

describe('what oauth4webapi does otherwise than the token endpoint', () => {
  it('signs with a key for EdDSA as Ed25519, the one name that RFC 9864 §2.2 leaves, and we take both', async () => {
    const { privateKey, publicKey } = await oauth.generateKeyPair('EdDSA', { extractable: true });
    const kid = await bindKey(company.coder, publicKey);
    let alg: unknown;
    const auth = oauth.PrivateKeyJwt(
      { key: privateKey, kid },
      {
        [oauth.modifyAssertion]: (header) => {
          alg = header['alg'];
        },
      },
    );
    expect((await ask({ auth })).token_type).toBe('bearer');
    expect(alg).toBe('Ed25519');
    expect(server.token_endpoint_auth_signing_alg_values_supported).toContain('EdDSA');
  });

  it('reads token_type in small letters: RFC 6749 §5.1 lets its case be anything', async () => {
    const client = clientOf(company.coder);
    const auth = oauth.PrivateKeyJwt(company.coder.key);
    const asked = oauth.clientCredentialsGrantRequest(server, client, auth, {}, PLAIN_HTTP);
    const response = await asked;
    const raw = (await response.clone().json()) as { token_type: string };
    const read = await oauth.processClientCredentialsResponse(server, client, response);
    expect([raw.token_type, read.token_type]).toEqual(['Bearer', 'bearer']);
  });
});
