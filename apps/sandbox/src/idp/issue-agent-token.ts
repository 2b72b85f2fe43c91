import { DomainError } from '#libs/platform/kernel';

/** What an agent has to show for a token. */
export interface AgentCredentials {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The gateway's audience; the IdP's default when absent. */
  audience?: string;
}

/** Gets an agent's access token as the agent would: by client credentials (RFC 6749, 4.4). */
export async function issueAgentToken(credentials: AgentCredentials): Promise<string> {
  const { audience, clientId, clientSecret, issuer } = credentials;
  const basic = [clientId, clientSecret].map(encodeURIComponent).join(':');
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(audience === undefined ? {} : { resource: audience }),
    }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (response.ok && answer.access_token !== undefined) return answer.access_token;
  throw new DomainError(
    'unauthenticated',
    `The sandbox's IdP gave ${clientId} no token: ${answer.error_description ?? response.status}.`,
  );
}
