/** What the sandbox’s IdP must know. */
export interface IdpOptions {
  /** The gateway's origin, for example http://localhost:4000: what tokens are for. */
  audience: string;
  /** The console's origin, where sign-in and sign-out return to. */
  consoleOrigin: string;
  consoleClientSecret: string;
  agents: readonly { clientId: string; clientSecret: string }[];
}

/** The console's client id at the IdP. */
export const CONSOLE_CLIENT_ID = 'gatehouse-console';
/**
 * The client id of the company's own interactive MCP client. Clients that register themselves get an id
 * that nobody knew before, so no agent is bound to it; this one is known, and bound.
 */
export const DESKTOP_CLIENT_ID = 'desktop-assistant';

type Metadata = Record<string, unknown>;

/** Everybody who is registered from the start. */
export const registeredClients = (options: IdpOptions): Metadata[] => [
  consoleClient(options),
  DESKTOP_CLIENT,
  ...options.agents.map(agentClient),
];

/** An origin without the slash that URLs of no path end with. */
export const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const consoleClient = (options: IdpOptions): Metadata => ({
  client_id: CONSOLE_CLIENT_ID,
  client_name: 'Gatehouse console',
  client_secret: options.consoleClientSecret,
  token_endpoint_auth_method: 'client_secret_post',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [`${withoutSlash(options.consoleOrigin)}/api/sign-in/callback`],
  post_logout_redirect_uris: [`${withoutSlash(options.consoleOrigin)}/`],
  backchannel_logout_uri: consoleLogoutUri(options),
  backchannel_logout_session_required: true,
});

/** Where the console hears that somebody signed out here (OpenID Connect Back-Channel Logout). */
export const consoleLogoutUri = ({ consoleOrigin }: Pick<IdpOptions, 'consoleOrigin'>): string =>
  `${withoutSlash(consoleOrigin)}/api/sign-in/back-channel-logout`;

// A program on somebody's desk keeps no secret (RFC 8252): PKCE protects its sign-in, and it is answered
// on whichever port of the loopback it listens.
const DESKTOP_CLIENT: Metadata = {
  client_id: DESKTOP_CLIENT_ID,
  client_name: 'Desktop assistant',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['localhost', '127.0.0.1', '[::1]'].flatMap((host) =>
    ['/oauth/callback', '/callback'].map((path) => `http://${host}${path}`),
  ),
};

const agentClient = (agent: IdpOptions['agents'][number]): Metadata => ({
  client_id: agent.clientId,
  client_secret: agent.clientSecret,
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
});
