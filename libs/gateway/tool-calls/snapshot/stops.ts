import type { GatewayStop, RegistrySection } from './gateway-snapshot.js';

/** One row of a stop that nobody has lifted. */
export interface StopRow extends GatewayStop {
  readonly targetId: string | null;
}

/** Finds the stop that covers a tool, the widest first. */
export const indexStops = (rows: readonly StopRow[]): RegistrySection['stopOf'] => {
  if (rows.length === 0) return () => undefined;
  const everything = rows.find(({ scope }) => scope === 'everything');
  const stopped = (scope: StopRow['scope']) =>
    new Map(rows.filter((row) => row.scope === scope).map((row) => [row.targetId, row]));
  const [servers, tools] = [stopped('server'), stopped('tool')];
  return (tool) => everything ?? servers.get(tool.server.id) ?? tools.get(tool.id);
};
