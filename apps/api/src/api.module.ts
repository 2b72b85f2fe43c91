import { Module } from '@nestjs/common';
import { AgentsModule } from '#libs/agents';
import { AccessRequestsModule } from '#libs/access-requests';
import { AlarmsModule } from '#libs/alarms';
import { DelegationsModule } from '#libs/delegations';
import { IssuersModule } from '#libs/issuers';
import { ProvisioningModule } from '#libs/provisioning';
import { RolesModule, SetupModule } from '#libs/roles';
import { SignalsModule } from '#libs/signals';
import { StopsModule } from '#libs/stops';
import { TokensModule } from '#libs/tokens';
import { UnregisteredModule } from '#libs/unregistered';
import { AuditModule } from '#libs/audit';
import { CatalogModule } from '#libs/catalog';
import { SignInModule } from '#libs/identity';
import { OverviewModule } from '#libs/overview';
import { PeopleModule } from '#libs/people';
import { PoliciesModule } from '#libs/policies';
import { CallsModule } from '#libs/tool-calls';
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
    AlarmsModule,
    RolesModule,
    SetupModule,
    FirstPolicyModule,
    IssuersModule,
    DelegationsModule,
    ProvisioningModule,
    SignalsModule,
    TokensModule,
    StopsModule,
    UnregisteredModule,
    AccessRequestsModule,
  ],
  controllers: [HealthController, OpenApiController],
  providers: [HealthQueries, OpenApiDocument],
})
export class ApiModule {}
