import { Module } from '@nestjs/common';
import { AgentsModule } from '#libs/agents';
import { AuditModule } from '#libs/audit';
import { CatalogModule } from '#libs/catalog';
import { SignInModule } from '#libs/identity';
import { OverviewModule } from '#libs/overview';
import { PeopleModule } from '#libs/people';
import { PoliciesModule } from '#libs/policies';
import { CallsModule } from '#libs/tool-calls';
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
  ],
  controllers: [HealthController, OpenApiController],
  providers: [HealthQueries, OpenApiDocument],
})
export class ApiModule {}
