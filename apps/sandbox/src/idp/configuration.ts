import { createHash, randomBytes } from 'node:crypto';
import type { ProviderContext } from 'oidc-provider';
import { ACCOUNTS } from '../organisation/accounts.js';
import {
  CONSOLE_CLIENT_ID,
  consoleLogoutUri,
  registeredClients,
  type IdpOptions,
} from './clients.js';
import type { Adapter } from './memory-adapter.js';
import { errorPage, leavingPage, PAGE_HEADERS, signedOutPage } from './pages.js';
import { resourceIndicators } from './resources.js';
import type { SigningKeys } from './signing-keys.js';

const HOUR_SECONDS = 3600;
const SCOPES = 'openid profile email';

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
    clients: registeredClients(options),
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
    clientBasedCORS,
    fetch: fetchFor(consoleLogoutUri(options)),
    findAccount,
    loadExistingGrant,
    // Public clients ask for them by name, as MCP clients do, or not at all.
    issueRefreshToken: (_context: unknown, client: Client) =>
      client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    interactions: {
      url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}`,
    },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
      registration: { enabled: true },
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
      RefreshToken: 12 * HOUR_SECONDS,
      Session: 12 * HOUR_SECONDS,
    },
  };
}

type Init = RequestInit & { dispatcher?: unknown };

// The library's own way out rejects loopback, where the console is; for anybody else it stays as it is.
const fetchFor =
  (consoleAddress: string) =>
  (url: string, { dispatcher, ...init }: Init): Promise<Response> =>
    fetch(url, url === consoleAddress ? init : ({ ...init, dispatcher } as Init));

/** New keys for signing the IdP's cookies; sessions are in memory, so they need not outlive it. */
export const newCookieKeys = (): string[] => [randomBytes(32).toString('base64url')];

interface Client {
  clientAuthMethod: string;
  grantTypeAllowed(grant: string): boolean;
}

/** A public client may be a page that somebody runs on their own machine; nobody else's page may ask. */
const clientBasedCORS = (_context: unknown, origin: string, client: Client): boolean =>
  client.clientAuthMethod === 'none' && LOOPBACK.test(origin);

const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

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
