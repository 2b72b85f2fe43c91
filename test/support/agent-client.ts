import type { Installation } from './installation.js';

/** An agent's plain HTTP client. */
export interface AgentClient {
  token: string;
  call(server: string, tool: string, args: object): Promise<{ status: number; body: CallBody }>;
}

/** What `/v1/tool-calls` answers, as far as tests look at it. */
export interface CallBody {
  id?: string;
  code?: string;
  reason?: string;
  rule?: string | null;
  isError?: boolean;
  content?: { type: string; text: string }[];
}

/** Gets a token for the agent by the command line, as a developer would. */
export const agentClient = async (site: Installation, agent: string): Promise<AgentClient> => {
  const { code, lastLine, output } = await site.gatehouse('token', '--agent', agent);
  if (code !== 0) throw new Error(output);
  return {
    token: lastLine,
    call: async (server, tool, args) => {
      const answer = await fetch(`${site.publicUrl}/v1/tool-calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${lastLine}`, 'content-type': 'application/json' },
        body: JSON.stringify({ server, tool, arguments: args }),
      });
      return { status: answer.status, body: (await answer.json()) as CallBody };
    },
  };
};
