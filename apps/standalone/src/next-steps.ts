/** What the end of the start tells a newcomer. */
export interface NextStepsFacts {
  publicUrl: string;
  accounts: readonly { email: string; does: string }[];
  password: string;
  token: string;
}

const block = (text: string): string => text.replace(/^/gm, '    ');

const curlOf = (facts: NextStepsFacts): string =>
  `curl -s ${facts.publicUrl}/v1/tool-calls \\
  -H 'authorization: Bearer ${facts.token}' \\
  -H 'content-type: application/json' \\
  -d '{"server":"everything","tool":"echo","arguments":{"message":"hello"}}'`;

const mcpConfigurationOf = (facts: NextStepsFacts): string =>
  JSON.stringify(
    {
      mcpServers: {
        gatehouse: {
          type: 'http',
          url: `${facts.publicUrl}/mcp`,
          headers: { Authorization: `Bearer ${facts.token}` },
        },
      },
    },
    null,
    2,
  );

/** The text: console, who can sign in, a token, one curl and one MCP configuration that work as printed. */
export const nextSteps = (facts: NextStepsFacts): string => `
Gatehouse is up: ${facts.publicUrl}

Sign in to the console as one of these (password for all: ${facts.password})
${facts.accounts.map(({ email, does }) => `    ${email.padEnd(26)}${does}`).join('\n')}

Call a tool as coding-agent, through the gateway
${block(curlOf(facts))}

Connect an MCP client
${block(mcpConfigurationOf(facts))}

The token lasts an hour; another one: npx --no-install gatehouse token --agent coding-agent
Is the ledger whole? npx --no-install gatehouse audit verify
Ctrl-C stops everything.
`;
