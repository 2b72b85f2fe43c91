import type { INestApplicationContext } from '@nestjs/common';
import { AgentLimits } from '#libs/registry/agents';
import { ToolDiscovery } from '#libs/registry/catalog';
import { GrantExpiry } from '#libs/governance/policies';
import type { JobHandlers } from '#libs/platform/queue';
import { ExpiredEmergencies } from '#libs/directory/roles';
import { SignalPolling } from '#libs/directory/signals';
import { TokenKeeping } from '#libs/trust/token-endpoint';

/** What does each job, one line a job. */
export const jobHandlers = (app: INestApplicationContext): JobHandlers => ({
  'catalog.discover-tools': (delivery) => app.get(ToolDiscovery).handle(delivery),
  'tokens.keep-keys': () => app.get(TokenKeeping).keepKeys(),
  'tokens.forget': () => app.get(TokenKeeping).forget(),
  'agents.enforce-limits': async () => void (await app.get(AgentLimits).enforceAll()),
  'signals.poll': () => app.get(SignalPolling).pollAll(),
  'policies.end-grants': () => app.get(GrantExpiry).endExpired(),
  'roles.end-emergencies': async () => void (await app.get(ExpiredEmergencies).close()),
});
