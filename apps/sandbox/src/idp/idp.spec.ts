import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ACCOUNTS, SANDBOX_PASSWORD } from '../organisation/accounts.js';
import { CONSOLE_CLIENT_ID } from './clients.js';
import { PlainBrowser } from './plain-browser.fixture.js';
import { issueAgentToken } from './issue-agent-token.js';
import type { SigningKeys } from './signing-keys.js';
import { startIdp, type Idp } from './start-idp.js';

const audience = 'http://localhost:4000';
const consoleClientSecret = 'c'.repeat(32);
const agent = { clientId: 'coding-agent', clientSecret: 'a'.repeat(32) };
// Before the imports: the library speaks while it is loaded.
const printed = vi.hoisted(() => [
  vi.spyOn(console, 'info'),
  vi.spyOn(console, 'warn'),
  vi.spyOn(console, 'error'),
]);
let idp: Idp;
let saved: SigningKeys | undefined;

const options = {
  audience,
  consoleOrigin: audience,
  consoleClientSecret,
  agents: [agent],
  keyStore: { load: async () => saved, save: async (keys: SigningKeys) => void (saved = keys) },
};

beforeAll(async () => {
  idp = await startIdp({ ...options, port: 0 });
});
afterAll(() => idp.stop());

const verify = (token: string, typ?: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${idp.issuer}/jwks`)), {
    issuer: idp.issuer,
    algorithms: ['ES256'],
    ...(typ === undefined ? {} : { typ }),
  });

const requestToken = (form: Record<string, string>): Promise<Response> =>
  fetch(`${idp.issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${agent.clientId}:${agent.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });

describe("an agent's token", () => {
  test.each([undefined, audience, `${audience}/`])(
    'is a signed JWT access token for the gateway when it asks for %s',
    async (resource) => {
      const token = await issueAgentToken({
        issuer: idp.issuer,
        ...agent,
        ...(resource === undefined ? {} : { audience: resource }),
      });
      const { payload } = await verify(token, 'at+jwt');
      expect(payload).toMatchObject({
        sub: 'coding-agent',
        client_id: 'coding-agent',
        aud: audience,
        iss: idp.issuer,
      });
      expect(payload.exp! - payload.iat!).toBe(3600);
    },
  );

  test('is rejected for another resource', async () => {
    const response = await requestToken({ resource: 'https://elsewhere.test' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_target' });
  });

  test('is rejected with a wrong secret, in a sentence without the secret', async () => {
    const attempt = issueAgentToken({ issuer: idp.issuer, ...agent, clientSecret: 'not-it' });
    await expect(attempt).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.not.stringContaining('not-it'),
    });
  });
});

test('keeps its keys over a restart, and publishes the old one after a rotation', async () => {
  const before = await issueAgentToken({ issuer: idp.issuer, ...agent });
  await idp.rotateKeys();
  const after = await issueAgentToken({ issuer: idp.issuer, ...agent });
  expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
  await verify(before);
  await verify(after);
  const { port } = idp;
  await idp.stop();
  idp = await startIdp({ ...options, port });
  // fetch must notice first that the connections it kept are gone.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await verify(before);
  await verify(after);
  const jwks = (await (await fetch(`${idp.issuer}/jwks`)).json()) as { keys: object[] };
  expect(jwks.keys).toHaveLength(2);
  for (const key of jwks.keys) expect(key).not.toHaveProperty('d');
});

test('serves only the host name of its issuer', async () => {
  const response = await fetch(`http://127.0.0.1:${idp.port}/.well-known/openid-configuration`);
  expect(response.status).toBe(421);
});

async function client(): Promise<openid.Configuration> {
  return openid.discovery(
    new URL(idp.issuer),
    CONSOLE_CLIENT_ID,
    { id_token_signed_response_alg: 'ES256' },
    openid.ClientSecretPost(consoleClientSecret),
    { execute: [openid.allowInsecureRequests] },
  );
}

const callback = `${audience}/api/sign-in/callback`;

describe('signing in to the console', () => {
  test('shows who can, rejects a wrong password clearly, and tells name and e-mail once right', async () => {
    const configuration = await client();
    const browser = new PlainBrowser(idp.issuer);
    const verifier = openid.randomPKCECodeVerifier();
    const nonce = openid.randomNonce();
    const state = openid.randomState();
    const begin = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: callback,
      scope: 'openid profile email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
    });
    const form = await browser.go(begin.href);
    const html = await form.response.text();
    for (const { email } of ACCOUNTS) expect(html).toContain(email);
    const csp = form.response.headers.get('content-security-policy');
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain(`form-action 'self' ${audience}`);

    const security = ACCOUNTS.find(({ email }) => email === 'security@example.test')!;
    const wrong = await browser.go(form.url, { email: security.email, password: '"><b>no' });
    expect(wrong.response.status).toBe(401);
    const rejection = await wrong.response.text();
    expect(rejection).toContain('do not belong together');
    expect(rejection).not.toContain('<b>no');

    const right = { email: security.email, password: SANDBOX_PASSWORD };
    const done = await browser.go(form.url, right);
    expect(done.url).toMatch(`${callback}?code=`);
    const tokens = await openid.authorizationCodeGrant(configuration, new URL(done.url), {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
    });
    expect(tokens.claims()).toMatchObject({
      sub: security.subject,
      name: security.name,
      email: security.email,
    });
    expect(security.subject).not.toContain('security');

    const leave = openid.buildEndSessionUrl(configuration, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: `${audience}/`,
    });
    const leaving = await browser.go(leave.href);
    const page = await leaving.response.text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(page).toContain('Signing you out');
    const left = await browser.go(`${idp.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(left.url).toBe(`${audience}/`);
    const again = await browser.go(begin.href);
    expect(await again.response.text()).toContain('Who can sign in');
  });

  test('is rejected without PKCE', async () => {
    const url = openid.buildAuthorizationUrl(await client(), {
      redirect_uri: callback,
      scope: 'openid',
    });
    const { url: end } = await new PlainBrowser(idp.issuer).go(url.href);
    expect(new URL(end).searchParams.get('error')).toBe('invalid_request');
  });

  test('shows an error page, and does not redirect, for a foreign redirect address', async () => {
    const url = openid.buildAuthorizationUrl(await client(), {
      redirect_uri: 'https://elsewhere.test/',
      scope: 'openid',
    });
    const { response } = await new PlainBrowser(idp.issuer).go(url.href);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('This sign-in cannot go on');
  });
});

test('says nothing on the terminal', () => {
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});
