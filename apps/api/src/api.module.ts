import { Module } from '@nestjs/common';
import { AgentsModule } from '#libs/registry/agents';
import { AccessRequestsModule } from '#libs/governance/access-requests';
import { AlertsModule } from '#libs/engine/alerts';
import { DelegationsModule } from '#libs/directory/delegations';
import { IssuersModule } from '#libs/trust/issuers';
import { ProvisioningModule } from '#libs/directory/provisioning';
import { RolesModule, SetupModule } from '#libs/directory/roles';
import { SignalsModule } from '#libs/directory/signals';
import { KillSwitchesModule } from '#libs/registry/kill-switches';
import { TokensModule } from '#libs/trust/token-endpoint';
import { UnregisteredModule } from '#libs/registry/unregistered-agents';
import { AuditModule } from '#libs/oversight/audit';
import { CatalogModule } from '#libs/registry/catalog';
import { SignInModule } from '#libs/trust/sign-in';
import { OverviewModule } from '#libs/oversight/overview';
import { PeopleModule } from '#libs/directory/people';
import { ProposedChangesModule } from '#libs/governance/proposed-changes';
import { PoliciesModule } from '#libs/governance/policies';
import { CallsModule } from '#libs/oversight/calls';
import { FirstPolicyModule } from './first-policy.js';
import { HealthController } from './health.controller.js';
import { HealthQueries } from './health.queries.js';
import { OpenApiDocument } from './openapi-document.js';
import { OpenApiController } from './openapi.controller.js';

/** The control plane's features, each with its own routes. */
@Module({
  imports: [
    SignInModule,
    OverviewModule,
    PeopleModule,
    AgentsModule,
    CatalogModule,
    PoliciesModule,
    CallsModule,
    AuditModule,
    AlertsModule,
    RolesModule,
    SetupModule,
    FirstPolicyModule,
    IssuersModule,
    DelegationsModule,
    ProvisioningModule,
    SignalsModule,
    TokensModule,
    KillSwitchesModule,
    UnregisteredModule,
    AccessRequestsModule,
    ProposedChangesModule,
  ],
  controllers: [HealthController, OpenApiController],
  providers: [HealthQueries, OpenApiDocument],
})
export class ApiModule {}
