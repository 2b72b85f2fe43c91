import type { GatewayKillSwitch, RegistrySection } from './gateway-snapshot.js';

/** One row of an active kill switch. */
export interface KillSwitchRow extends GatewayKillSwitch {
  readonly targetId: string | null;
}

/** Finds the kill switch that covers a tool, the widest first. */
export const indexKillSwitches = (
  rows: readonly KillSwitchRow[],
): RegistrySection['killSwitchOf'] => {
  if (rows.length === 0) return () => undefined;
  const everything = rows.find(({ scope }) => scope === 'everything');
  const byTarget = (scope: KillSwitchRow['scope']) =>
    new Map(rows.filter((row) => row.scope === scope).map((row) => [row.targetId, row]));
  const [servers, tools] = [byTarget('server'), byTarget('tool')];
  return (tool) => everything ?? servers.get(tool.server.id) ?? tools.get(tool.id);
};
