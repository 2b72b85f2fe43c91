import type { INestApplicationContext } from '@nestjs/common';
import { AgentLimits } from '#libs/registry/agents';
import { ToolDiscovery } from '#libs/registry/catalog';
import { AccessGrantExpiry } from '#libs/governance/policies';
import { DecisionChecks } from '#libs/oversight/decision-checks';
import { RecordChecks } from '#libs/oversight/record-checks';
import type { JobHandlers } from '#libs/platform/queue';
import { ExpiredEmergencies } from '#libs/directory/roles';
import { SignalPolling } from '#libs/directory/signals';
import { TokenMaintenance } from '#libs/trust/token-endpoint';

/** What does each job, one line a job. */
export const jobHandlers = (app: INestApplicationContext): JobHandlers => ({
  'catalog.discover-tools': (delivery) => app.get(ToolDiscovery).handle(delivery),
  'signing-keys.maintain': () => app.get(TokenMaintenance).maintainKeys(),
  'tokens.purge': () => app.get(TokenMaintenance).purgeTokens(),
  'agents.enforce-limits': async () => void (await app.get(AgentLimits).enforceAll()),
  'signals.poll': () => app.get(SignalPolling).pollAll(),
  'access-grants.expire': () => app.get(AccessGrantExpiry).endExpired(),
  'decisions.re-evaluate': () => app.get(DecisionChecks).run(),
  'records.verify': () => app.get(RecordChecks).run(),
  'emergency-access.expire': async () => void (await app.get(ExpiredEmergencies).close()),
});
