import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { AgentLimitsModule } from '#libs/agents';
import { CatalogModule } from '#libs/catalog';
import { CommandRuntime } from '#libs/commands';
import { Database } from '#libs/db';
import { createTokenVerifier, TokenVerifier } from '#libs/identity';
import { GrantKeepingModule } from '#libs/policies';
import { EmergencyKeepingModule } from '#libs/roles';
import { SecretBox } from '#libs/secrets';
import { SignalPollingModule } from '#libs/signals';
import { TokenKeepingModule } from '#libs/tokens';
import { OUTBOUND } from '#libs/upstream';
import type { WorkerDeps } from './worker-deps.js';

/** What features get injected, as instances that the process made. */
@Global()
@Module({})
class InstallationModule {
  static with({ db, runtime, outbound, secrets }: WorkerDeps): DynamicModule {
    const providers: Provider[] = [
      { provide: Database, useValue: db },
      { provide: CommandRuntime, useValue: runtime },
      { provide: OUTBOUND, useValue: outbound },
      { provide: SecretBox, useValue: secrets },
      { provide: TokenVerifier, useValue: createTokenVerifier(outbound, runtime.clock) },
    ];
    return {
      module: InstallationModule,
      providers,
      exports: [Database, CommandRuntime, OUTBOUND, SecretBox, TokenVerifier],
    };
  }
}

/** The features whose jobs the worker does; it serves none of their routes. */
@Module({})
export class WorkerModule {
  static with(deps: WorkerDeps): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        InstallationModule.with(deps),
        CatalogModule,
        TokenKeepingModule,
        AgentLimitsModule,
        EmergencyKeepingModule,
        GrantKeepingModule,
        SignalPollingModule,
      ],
    };
  }
}
