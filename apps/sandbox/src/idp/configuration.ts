import { createHash, randomBytes } from 'node:crypto';
import type { ProviderContext } from 'oidc-provider';
import { ACCOUNTS } from '../company/accounts.js';
import type { Adapter } from './memory-adapter.js';
import { errorPage, leavingPage, PAGE_HEADERS, signedOutPage } from './pages.js';
import { errors } from './quiet-oidc-provider.js';
import type { SigningKeys } from './signing-keys.js';

/** What the make-believe IdP must know. */
export interface IdpOptions {
  /** The audience of agents' tokens: the gateway, for example http://localhost:4000. */
  audience: string;
  /** The console's origin, where sign-in and sign-out return to. */
  consoleOrigin: string;
  consoleClientSecret: string;
  agents: readonly { clientId: string; clientSecret: string }[];
}

/** The console's client id at the IdP. */
export const CONSOLE_CLIENT_ID = 'gatehouse-console';

const HOUR_SECONDS = 3600;
const SCOPES = 'openid profile email';
const withoutSlash = (url: string): string => url.replace(/\/$/, '');

/** The configuration of oidc-provider. Whatever it would warn about on the terminal is set here. */
export function idpConfiguration(
  options: IdpOptions,
  keys: SigningKeys,
  adapter: (model: string) => Adapter,
  cookieKeys: readonly string[],
): Record<string, unknown> {
  return {
    adapter,
    jwks: keys,
    clients: [consoleClient(options), ...options.agents.map(agentClient)],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], userinfoSigningAlgValues: ['ES256'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    // The console wants name and e-mail in the ID token rather than by one more request.
    conformIdTokenClaims: false,
    cookies: {
      keys: cookieKeys,
      // Cookies ignore ports: the console's own, on another port of localhost, must not collide.
      names: {
        session: 'sandbox_idp',
        interaction: 'sandbox_idp_interaction',
        resume: 'sandbox_idp_resume',
      },
    },
    clientBasedCORS: () => false,
    findAccount,
    loadExistingGrant,
    interactions: {
      url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}`,
    },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: resourceIndicators(options.audience),
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
      userinfo: { enabled: true },
    },
    renderError,
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: HOUR_SECONDS,
      Grant: 12 * HOUR_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Session: 12 * HOUR_SECONDS,
    },
  };
}

/** New keys for signing the IdP's cookies; sessions are in memory, so they need not outlive it. */
export const newCookieKeys = (): string[] => [randomBytes(32).toString('base64url')];

const consoleClient = (options: IdpOptions): Record<string, unknown> => ({
  client_id: CONSOLE_CLIENT_ID,
  client_name: 'Gatehouse console',
  client_secret: options.consoleClientSecret,
  token_endpoint_auth_method: 'client_secret_post',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [`${withoutSlash(options.consoleOrigin)}/api/sign-in/callback`],
  post_logout_redirect_uris: [`${withoutSlash(options.consoleOrigin)}/`],
});

const agentClient = (agent: IdpOptions['agents'][number]): Record<string, unknown> => ({
  client_id: agent.clientId,
  client_secret: agent.clientSecret,
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
});

/** JWT access tokens (RFC 9068) for the gateway, asked for by resource indicator (RFC 8707). */
function resourceIndicators(audience: string): Record<string, unknown> {
  const wanted = withoutSlash(audience);
  return {
    enabled: true,
    defaultResource: (context: ProviderContext) =>
      context.oidc.params?.['grant_type'] === 'client_credentials' ? wanted : undefined,
    useGrantedResource: () => false,
    getResourceServerInfo: (_context: ProviderContext, resource: string) => {
      if (withoutSlash(resource) !== wanted) {
        throw new errors.InvalidTarget(`this IdP knows one resource: ${wanted}`);
      }
      return {
        audience: wanted,
        scope: '',
        accessTokenTTL: HOUR_SECONDS,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      };
    },
  };
}

function findAccount(_context: unknown, subject: string): unknown {
  const account = ACCOUNTS.find((candidate) => candidate.subject === subject);
  if (!account) return undefined;
  return {
    accountId: account.subject,
    claims: () => ({
      sub: account.subject,
      name: account.name,
      email: account.email,
      email_verified: true,
    }),
  };
}

/** The console is the company's own: nobody is asked whether it may know their name. */
async function loadExistingGrant(context: ProviderContext): Promise<unknown> {
  const { client, provider, result, session } = context.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  if (found || client.clientId !== CONSOLE_CLIENT_ID) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}

function logoutSource(context: ProviderContext, form: string): void {
  const script = 'document.forms[0].submit()';
  const hash = createHash('sha256').update(script).digest('base64');
  context.set('content-security-policy', `${leavingCsp} script-src 'sha256-${hash}'`);
  context.type = 'html';
  context.body = leavingPage(form, script);
}

// No form-action: after sign-out the form's answer leads on to the console, another origin.
const leavingCsp = "default-src 'none'; frame-ancestors 'none'; base-uri 'none';";

function postLogoutSuccessSource(context: ProviderContext): void {
  showPage(context, signedOutPage());
}

function renderError(
  context: ProviderContext,
  answer: { error: string; error_description?: string },
): void {
  showPage(context, errorPage(answer.error_description ?? answer.error));
}

function showPage(context: ProviderContext, html: string): void {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) context.set(name, value);
  context.type = 'html';
  context.body = html;
}
