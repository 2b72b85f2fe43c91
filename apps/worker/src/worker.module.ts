import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CatalogModule, OUTBOUND } from '#libs/catalog';
import { CommandRuntime } from '#libs/commands';
import { Database } from '#libs/db';
import type { WorkerDeps } from './worker-deps.js';

/** What features get injected, as instances that the process made. */
@Global()
@Module({})
class InstallationModule {
  static with({ db, runtime, outbound }: WorkerDeps): DynamicModule {
    const providers: Provider[] = [
      { provide: Database, useValue: db },
      { provide: CommandRuntime, useValue: runtime },
      { provide: OUTBOUND, useValue: outbound },
    ];
    return {
      module: InstallationModule,
      providers,
      exports: [Database, CommandRuntime, OUTBOUND],
    };
  }
}

/** The features whose jobs the worker does; it serves none of their routes. */
@Module({})
export class WorkerModule {
  static with(deps: WorkerDeps): DynamicModule {
    return { module: WorkerModule, imports: [InstallationModule.with(deps), CatalogModule] };
  }
}
