import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNTS, SANDBOX_PASSWORD } from '../organisation/accounts.js';
import { DESKTOP_CLIENT_ID } from './clients.js';
import { PlainBrowser } from './plain-browser.fixture.js';
import { startIdp, type Idp } from './start-idp.js';

const gateway = 'http://localhost:4000';
const callback = 'http://localhost:54321/oauth/callback';
const office = ACCOUNTS.find(({ email }) => email.startsWith('office@'))!;
let idp: Idp;

beforeAll(async () => {
  idp = await startIdp({
    audience: gateway,
    consoleOrigin: gateway,
    consoleClientSecret: 'c'.repeat(32),
    agents: [],
    keyStore: { load: async () => undefined, save: async () => undefined },
    port: 0,
  });
});
afterAll(() => idp.stop());

const configurationOf = (clientId: string): Promise<openid.Configuration> =>
  openid.discovery(
    new URL(idp.issuer),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    openid.None(),
    { execute: [openid.allowInsecureRequests] },
  );

interface SignIn {
  configuration: openid.Configuration;
  verifier: string;
  begin: URL;
}

const begin = async (clientId: string, more: Record<string, string> = {}): Promise<SignIn> => {
  const configuration = await configurationOf(clientId);
  const verifier = openid.randomPKCECodeVerifier();
  const begin = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  return { configuration, verifier, begin };
};

const signIn = async ({ begin }: SignIn): Promise<{ consent: string; end: string }> => {
  const browser = new PlainBrowser(idp.issuer);
  const form = await browser.go(begin.href);
  const consent = await browser.go(form.url, { email: office.email, password: SANDBOX_PASSWORD });
  const { url } = await browser.go(consent.url, {});
  return { consent: await consent.response.text(), end: url };
};

const verify = async (token: string) => {
  const keys = createRemoteJWKSet(new URL(`${idp.issuer}/jwks`));
  return (await jwtVerify(token, keys, { issuer: idp.issuer, typ: 'at+jwt' })).payload;
};

describe("the company's desktop client", () => {
  test.each([
    [gateway, gateway],
    [`${gateway}/`, gateway],
    [`${gateway}/mcp`, `${gateway}/mcp`],
    [`${gateway}/mcp/everything`, `${gateway}/mcp/everything`],
    [undefined, gateway],
  ])('gets a token about the person for exactly the resource %s', async (resource, audience) => {
    const attempt = await begin(DESKTOP_CLIENT_ID, resource === undefined ? {} : { resource });
    const { end, consent } = await signIn(attempt);
    expect(consent).toContain('Continue to Desktop assistant');
    expect(consent).toContain('on your behalf');
    expect(end).toMatch(`${callback}?code=`);
    const tokens = await openid.authorizationCodeGrant(attempt.configuration, new URL(end), {
      pkceCodeVerifier: attempt.verifier,
    });
    const claims = { sub: office.subject, client_id: DESKTOP_CLIENT_ID, aud: audience };
    expect(await verify(tokens.access_token)).toMatchObject(claims);
    const fresh = await openid.refreshTokenGrant(attempt.configuration, tokens.refresh_token!);
    expect(await verify(fresh.access_token)).toMatchObject(claims);
  });

  test.each([
    'https://elsewhere.test',
    `${gateway}.evil.example`,
    `${gateway}0/mcp`,
    `${gateway}/v1`,
    `${gateway}/mcp/a/b`,
  ])('gets none for %s', async (resource) => {
    const { begin: url } = await begin(DESKTOP_CLIENT_ID, { resource });
    const { url: end } = await new PlainBrowser(idp.issuer).go(url.href);
    expect(new URL(end).searchParams.get('error')).toBe('invalid_target');
  });

  test('is not answered anywhere but on the loopback', async () => {
    const { begin: url } = await begin(DESKTOP_CLIENT_ID, {
      redirect_uri: 'http://elsewhere.test/oauth/callback',
    });
    expect((await new PlainBrowser(idp.issuer).go(url.href)).response.status).toBe(400);
  });

  test('needs PKCE', async () => {
    const { begin: url } = await begin(DESKTOP_CLIENT_ID);
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    const { url: end } = await new PlainBrowser(idp.issuer).go(url.href);
    expect(new URL(end).searchParams.get('error')).toBe('invalid_request');
  });

  test.each([
    ['http://localhost:6274', 'http://localhost:6274'],
    ['https://evil.example', null],
    ['http://localhost.evil.example', null],
  ])('may be a page of %s', async (origin, allowed) => {
    const response = await fetch(`${idp.issuer}/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: DESKTOP_CLIENT_ID }),
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
  });
});

test('a client may register itself, and is not called by the name it gives itself', async () => {
  const response = await fetch(`${idp.issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Gatehouse',
      redirect_uris: [callback],
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    }),
  });
  expect(response.status).toBe(201);
  const { client_id: clientId } = (await response.json()) as { client_id: string };
  const attempt = await begin(clientId, { resource: `${gateway}/mcp` });
  const { consent, end } = await signIn(attempt);
  expect(consent).toContain(`an application that registered itself (${clientId})`);
  const tokens = await openid.authorizationCodeGrant(attempt.configuration, new URL(end), {
    pkceCodeVerifier: attempt.verifier,
  });
  expect(await verify(tokens.access_token)).toMatchObject({ client_id: clientId });
});
