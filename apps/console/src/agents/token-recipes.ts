import type { Binding } from '../api/types.js';

/** How to get a token, as something to copy. */
export interface Recipe {
  title: string;
  text: string;
}

interface Wanted {
  agentId: string;
  binding: Binding;
  /** The issuer's profile, where the reader may see issuers. */
  profile: string | null;
  audience: string;
  /** This installation's address. */
  origin: string;
}

const lines = (...all: string[]): string => all.join(' \\\n  ');

const ownKey = ({ agentId, audience, origin }: Wanted): Recipe => ({
  title: `Sign an assertion with the key (iss and sub ${agentId}, aud ${origin}/oauth/token, a jti, an exp at most 5 minutes away), then:`,
  text: lines(
    `curl -s ${origin}/oauth/token`,
    '-d grant_type=client_credentials',
    '-d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    `--data-urlencode resource=${audience}`,
    '--data-urlencode client_assertion="$ASSERTION"',
  ),
});

const client = ({ origin, binding }: Wanted): Recipe => ({
  title: `Point the MCP client at the gateway; a person signs in with the client ${binding.subject}:`,
  text: JSON.stringify(
    { mcpServers: { gatehouse: { type: 'http', url: `${origin}/mcp` } } },
    null,
    2,
  ),
});

const BY_PROFILE: Readonly<Record<string, (wanted: Wanted) => Recipe>> = {
  entra: ({ binding: { issuer }, audience }) => ({
    title: 'At Entra, as the app itself:',
    text: lines(
      `curl -s ${(issuer?.url ?? '').replace(/\/v2\.0\/?$/, '')}/oauth2/v2.0/token`,
      '-d grant_type=client_credentials',
      '-d client_id="$CLIENT_ID" --data-urlencode client_secret="$CLIENT_SECRET"',
      `--data-urlencode scope=${audience}/.default`,
    ),
  }),
  okta: ({ binding: { issuer, subject } }) => ({
    title: 'At Okta, as the API service app:',
    text: lines(
      `curl -s ${issuer?.url ?? ''}/v1/token`,
      `-u ${subject}:"$CLIENT_SECRET"`,
      '-d grant_type=client_credentials -d scope="$SCOPE"',
    ),
  }),
  kubernetes: ({ binding: { subject }, audience }) => {
    const [, , namespace = 'NAMESPACE', name = 'NAME'] = subject.split(':');
    return {
      title: 'In the cluster (in a pod, mount a projected token with this audience):',
      text: `kubectl create token ${name} --namespace ${namespace} --audience ${audience}`,
    };
  },
  spiffe: ({ binding: { subject }, audience }) => ({
    title: 'On the workload’s node, from the SPIRE agent:',
    text: `spire-agent api fetch jwt -audience ${audience} -spiffeID ${subject}`,
  }),
  github: ({ audience }) => ({
    title: 'In the workflow’s job, with “permissions: id-token: write”:',
    text: lines(
      'curl -s -H "authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN"',
      `"$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${encodeURIComponent(audience)}"`,
    ),
  }),
};

const plain = ({ binding: { issuer, subject }, audience }: Wanted): Recipe => ({
  title: 'At the issuer, with client credentials:',
  text: [
    `TOKEN_ENDPOINT=$(curl -s ${issuer?.url ?? ''}/.well-known/openid-configuration | jq -r .token_endpoint)`,
    lines(
      'curl -s "$TOKEN_ENDPOINT"',
      `-u ${subject}:"$CLIENT_SECRET"`,
      '-d grant_type=client_credentials',
      `--data-urlencode resource=${audience}`,
    ),
  ].join('\n'),
});

/** How the agent gets a token by this binding. */
export const recipeOf = (wanted: Wanted): Recipe => {
  if (wanted.binding.kind === 'key') return ownKey(wanted);
  if (wanted.binding.kind === 'client') return client(wanted);
  return (BY_PROFILE[wanted.profile ?? ''] ?? plain)(wanted);
};

/** A first call with the token. */
export const firstCall = (origin: string): string =>
  lines(
    `curl -s ${origin}/v1/tool-calls`,
    '-H "authorization: Bearer $TOKEN"',
    "-H 'content-type: application/json'",
    '-d \'{"server":"SERVER","tool":"TOOL","arguments":{}}\'',
  );
