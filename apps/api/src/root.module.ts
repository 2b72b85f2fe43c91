import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG } from '#libs/platform/config';
import { ClockWatch, Database } from '#libs/platform/db';
import { HttpModule, WriteRejections } from '#libs/platform/http';
import { createTokenVerifier, TokenVerifier } from '#libs/trust/token-verification';
import { RejectionCounter } from '#libs/engine/ledger';
import { SecretBox } from '#libs/platform/secrets';
import { COMMAND_CLASSES } from '#libs/governance/proposed-changes';
import { OUTBOUND } from '#libs/engine/upstream';
import { API_COMMANDS } from './api.commands.js';
import { ApiModule } from './api.module.js';
import type { ApiDeps } from './api-deps.js';
import { PROTOCOLS } from './protocols.js';
import { LedgerWriteRejections } from './ledger-write-rejections.js';

/** What features get injected, as instances that the process made. */
@Global()
@Module({})
class InstallationModule {
  static with(deps: ApiDeps, clock: ClockWatch): DynamicModule {
    const providers: Provider[] = [
      { provide: Database, useValue: deps.db },
      { provide: ClockWatch, useValue: clock },
      { provide: CommandRuntime, useValue: deps.runtime },
      { provide: RejectionCounter, useValue: deps.rejections },
      { provide: CONFIG, useValue: deps.config },
      { provide: OUTBOUND, useValue: deps.outbound },
      { provide: SecretBox, useValue: deps.secrets },
      { provide: COMMAND_CLASSES, useValue: API_COMMANDS },
      {
        provide: TokenVerifier,
        useValue: createTokenVerifier(deps.outbound, deps.runtime.clock),
      },
      { provide: WriteRejections, useClass: LedgerWriteRejections },
    ];
    return {
      module: InstallationModule,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}

/** The API as one module: the installation's instances, the HTTP plumbing, the features. */
@Module({})
export class RootModule {
  static with(deps: ApiDeps, clock: ClockWatch): DynamicModule {
    return {
      module: RootModule,
      imports: [
        InstallationModule.with(deps, clock),
        HttpModule.forRoot({ ...deps.config, protocols: PROTOCOLS, clock }, deps.logger),
        ApiModule,
      ],
    };
  }
}
