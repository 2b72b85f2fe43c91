const SEPARATOR = '__';

/** A tool as one MCP address names it. */
export interface ToolName {
  readonly server: string;
  readonly tool: string;
}

/** The name of a tool at `/mcp/{server}`, or at `/mcp` where it carries its server's slug. */
export const publicName = (server: string | null, { server: slug, tool }: ToolName): string =>
  server === null ? `${slug}${SEPARATOR}${tool}` : tool;

/** The other way round; a slug has no underscore, so the first two part it from the tool. */
export const parsePublicName = (server: string | null, name: string): ToolName => {
  if (server !== null) return { server, tool: name };
  const at = name.indexOf(SEPARATOR);
  if (at < 0) return { server: '', tool: name };
  return { server: name.slice(0, at), tool: name.slice(at + SEPARATOR.length) };
};
