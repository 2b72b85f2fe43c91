import type { GatewayKillSwitch, RegistrySection } from './gateway-snapshot.js';

/** One row of a stop that nobody has lifted. */
export interface KillSwitchRow extends GatewayKillSwitch {
  readonly targetId: string | null;
}

/** Finds the stop that covers a tool, the widest first. */
export const indexKillSwitches = (
  rows: readonly KillSwitchRow[],
): RegistrySection['killSwitchOf'] => {
  if (rows.length === 0) return () => undefined;
  const everything = rows.find(({ scope }) => scope === 'everything');
  const stopped = (scope: KillSwitchRow['scope']) =>
    new Map(rows.filter((row) => row.scope === scope).map((row) => [row.targetId, row]));
  const [servers, tools] = [stopped('server'), stopped('tool')];
  return (tool) => everything ?? servers.get(tool.server.id) ?? tools.get(tool.id);
};
